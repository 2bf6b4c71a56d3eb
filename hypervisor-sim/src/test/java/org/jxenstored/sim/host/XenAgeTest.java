package org.jxenstored.sim.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Domid;
import org.jxenstored.sim.time.HandClock;

final class XenAgeTest {
    @ParameterizedTest
    @CsvSource({
        "BEFORE_4_21, 1, EINVAL, 1",
        "AT_4_21, 1, 1, 1",
        "FROM_4_22, EEXIST, EINVAL, 1",
    })
    @DisplayName("L-CRE-1: before 4.22 a wanted domid of 0 meant any one, and with 4.21 INVALID did too")
    void whatMeansAny(XenAge age, String zero, String invalid, String any) {
        assertThat(answer(age, Domid.DOM0)).isEqualTo(zero);
        assertThat(answer(age, Domid.INVALID)).isEqualTo(invalid);
        assertThat(answer(age, Domid.ANY)).isEqualTo(any);
    }

    private static String answer(XenAge age, int wanted) {
        try (SimHost host = new SimHost(1, new HandClock(), age)) {
            return Integer.toString(
                    host.createDomain(DomainConfig.SMALL.withDomid(wanted)).domid());
        } catch (HypervisorException refusal) {
            return refusal.errno().name();
        }
    }
}
