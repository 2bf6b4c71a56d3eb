package org.jxenstored.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jxenstored.xen.fake.Obstacles.blocked;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.xen.domain.DomainSource;
import org.jxenstored.xen.memory.MapWay;
import org.jxenstored.xen.memory.OwnRingWay;

final class XenOptionsTest {
    @Test
    void usuallyTheBackendFindsOutByItself() throws HypervisorException {
        assertThat(XenOptions.read(Map.of()))
                .isEqualTo(new XenOptions(DomainSource.AUTO, MapWay.AUTO, OwnRingWay.AUTO));
        assertThat(XenOptions.read(Map.of("domains", "auto", "map", "auto", "own-ring", "auto")))
                .isEqualTo(XenOptions.USUAL);
    }

    @Test
    void eachChoiceCanBeMade() throws HypervisorException {
        assertThat(XenOptions.read(Map.of("domains", "libxenctrl", "map", "foreign", "own-ring", "device")))
                .isEqualTo(new XenOptions(DomainSource.LIBXENCTRL, MapWay.FOREIGN, OwnRingWay.DEVICE));
        assertThat(XenOptions.read(Map.of("domains", "libxenmanage", "map", "grant", "own-ring", "proc")))
                .isEqualTo(new XenOptions(DomainSource.LIBXENMANAGE, MapWay.GRANT, OwnRingWay.PROC));
    }

    @Test
    void whatIsNotUnderstoodIsRefusedWithWhatIs() {
        blocked(
                Obstacle.OTHER,
                () -> XenOptions.read(Map.of("maps", "grant")),
                "'maps'",
                "domains=auto|libxenmanage|libxenctrl",
                "map=auto|grant|foreign",
                "own-ring=auto|proc|device");
        blocked(Obstacle.OTHER, () -> XenOptions.read(Map.of("map", "gnt")), "map=gnt", "map=auto|grant|foreign");
    }
}
