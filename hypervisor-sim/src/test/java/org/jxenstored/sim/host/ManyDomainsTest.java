package org.jxenstored.sim.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.hypervisor.RingMapper;

final class ManyDomainsTest {
    private static final int DOMAINS = 10_000;
    private static final int DEVICES = 2;

    @Test
    @DisplayName("lifecycle.md 10: ten thousand guests with devices live side by side, and nothing of them is left")
    void tenThousandGuests() throws Exception {
        ManualNotifications notifications = new ManualNotifications();
        try (SimHost host = new SimHost(1, notifications)) {
            SimDomain dom0 = host.dom0();
            List<SimDomain> guests = new ArrayList<>();
            List<Mapping> maps = new ArrayList<>();
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < DOMAINS; i++) {
                SimDomain guest = host.createDomain();
                guest.prepareStore(0);
                guests.add(guest);
                maps.add(dom0.mapGrant(guest.domid(), RingMapper.GRANT_XENSTORE));
                ports.add(dom0.ports().bindInterdomain(guest.domid(), guest.storePort()));
                for (int device = 0; device < DEVICES; device++) {
                    maps.add(dom0.mapGrant(guest.domid(), guest.grantPage(0)));
                    int unbound = guest.ports().allocateUnbound(0);
                    ports.add(dom0.ports().bindInterdomain(guest.domid(), unbound));
                }
            }
            assertThat(ports).doesNotHaveDuplicates().hasSize(DOMAINS * (1 + DEVICES));
            for (SimDomain guest : guests) {
                guest.destroy();
            }
            assertThat(host.list()).as("zombies, and dom0").hasSize(DOMAINS + 1);
            maps.reversed().forEach(Mapping::close);
            ports.forEach(dom0.ports()::close);
            assertThat(host.list()).containsExactly(dom0);
            assertThat(dom0.ports().allocateUnbound(0)).isLessThan(10);
        }
    }
}
