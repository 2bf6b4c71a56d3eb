package org.jxenstored.sim.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jxenstored.sim.host.Refusals.refused;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.hypervisor.DomainState.Capability;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Errno;

/** A domain that runs the store instead of dom0 (lifecycle.md 14). */
final class XenstoreDomainTest {
    private final SimHost host = new SimHost(1, Runnable::run);

    @AfterEach
    void switchOff() {
        host.close();
    }

    @Test
    @DisplayName("L-RING-5: there can be one xenstore domain, and another one when that is gone")
    void onlyOne() throws Exception {
        SimDomain store = host.createDomain(DomainConfig.SMALL.withXenstore());
        assertThat(store.state().capabilities()).containsExactly(Capability.XENSTORE);
        refused(Errno.EBUSY, () -> host.createDomain(DomainConfig.SMALL.withXenstore()));
        store.destroy();
        SimDomain next = host.createDomain(DomainConfig.SMALL.withXenstore());
        assertThat(next.domid()).as("the refused one took no id").isEqualTo(store.domid() + 1);
    }

    @Test
    @DisplayName(
            "lifecycle.md 14: dom0 gives its page and a port to the xenstore domain, which has a ring of its own too")
    void dom0BecomesItsClient() throws Exception {
        SimDomain store = host.createDomain(DomainConfig.SMALL.withXenstore());
        host.setDomainExceptionHandler(store);
        store.prepareStore(store.domid());
        store.unpause();
        int port = host.dom0().prepareStore(store.domid());
        try (Mapping ring = store.mapGrant(Domid.DOM0, RingMapper.GRANT_XENSTORE);
                Mapping own = store.mapOwnStorePage()) {
            assertThat(own.bytes().byteSize()).isEqualTo(ring.bytes().byteSize());
            int[] heard = {0};
            int local = store.ports().bindInterdomain(Domid.DOM0, port);
            store.ports().handle(local, false, _ -> heard[0]++);
            host.dom0().signalStore();
            assertThat(heard[0]).isEqualTo(2);
        }
        assertThat(store.ports().bindDomainException()).isPositive();
        refused(Errno.EINVAL, () -> host.dom0().mapGrant(Domid.DOM0, RingMapper.GRANT_XENSTORE));
    }
}
