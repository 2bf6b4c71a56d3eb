package org.jxenstored.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.HypervisorProvider;
import org.jxenstored.hypervisor.MappedRing;
import org.jxenstored.hypervisor.OwnRing;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.host.ManualNotifications;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.host.SimHost;

final class SimulatedXenTest {
    private final ManualNotifications notifications = new ManualNotifications();
    private final SimHost host = new SimHost(1, notifications);
    private final List<Integer> fired = new ArrayList<>();
    private SimulatedXen xen = new SimulatedXen(host);
    private SimDomain guest = host.dom0();

    @BeforeEach
    void start() throws Exception {
        xen.eventChannels().listen(fired::add);
        guest = host.createDomain();
        guest.prepareStore(0);
    }

    @AfterEach
    void switchOff() {
        xen.close();
        host.close();
    }

    @Test
    @DisplayName("L-RING-3: what a guest signals is reported under the daemon's port, once until it is unmasked")
    void aGuestsSignalIsReported() throws Exception {
        int port = xen.eventChannels().bindInterdomain(guest.domid(), guest.storePort());
        notifications.deliverAll();
        assertThat(fired).containsExactly(port);
        guest.signalStore();
        notifications.deliverAll();
        assertThat(fired).containsExactly(port);
        xen.eventChannels().unmask(port);
        notifications.deliverAll();
        assertThat(fired).containsExactly(port, port);
    }

    @Test
    @DisplayName("lifecycle.md 14: the daemon's own kernel has a ring, and a port that waits for the daemon")
    void theOwnRing() throws Exception {
        OwnRing own = xen.rings().ownRing().orElseThrow();
        assertThat(own.domid()).isZero();
        host.dom0().ringPage().requests().write(new byte[] {7}, 0, 1);
        assertThat(own.ring().page().requests().available()).isEqualTo(1);
        int port = xen.eventChannels().bindInterdomain(own.domid(), own.remotePort());
        notifications.deliverAll();
        xen.eventChannels().unmask(port);
        host.dom0().signalStore();
        notifications.deliverAll();
        assertThat(fired).containsExactly(port, port);
    }

    @Test
    @DisplayName("L-REF-2, L-VIRQ-2: a daemon's end releases rings, ports and VIRQ, and the next one can take them")
    void theNextDaemonCanTakeOver() throws Exception {
        int port = guest.storePort();
        MappedRing ring = xen.rings().map(guest.domid(), guest.storeGfn());
        xen.eventChannels().bindInterdomain(guest.domid(), port);
        xen.eventChannels().bindDomainException();
        xen.close();
        assertThatIllegalStateException().isThrownBy(() -> ring.page().features());
        xen = new SimulatedXen(host);
        xen.eventChannels().listen(fired::add);
        xen.rings().map(guest.domid(), guest.storeGfn());
        xen.eventChannels().bindInterdomain(guest.domid(), port);
        xen.eventChannels().bindDomainException();
        assertThat(xen.domains().takeChanged()).containsExactly(0, guest.domid());
        guest.destroy();
        assertThat(xen.domains().find(guest.domid())).isPresent();
        xen.close();
        assertThat(xen.domains().find(guest.domid())).isEmpty();
    }

    @Test
    @DisplayName("L-RING-2: a guest that granted nothing and that nobody introduced is not mapped by frame number")
    void withoutGrantAndFrameNumber() throws Exception {
        SimDomain fresh = host.createDomain();
        assertThatExceptionOfType(HypervisorException.class)
                .isThrownBy(() -> xen.rings().map(fresh.domid(), RingMapper.NO_FRAME));
    }

    @Test
    @DisplayName("L-SCAN: a Xen with get_domain_state shows unique ids and the dying phase")
    void aNewXen() throws Exception {
        guest.beginDestroy();
        DomainState state = xen.domains().find(guest.domid()).orElseThrow();
        assertThat(state.uniqueId()).isEqualTo(guest.uniqueId()).isNotZero();
        assertThat(state.life()).isEqualTo(Life.DYING);
        assertThat(xen.domains().recordsChanges()).isTrue();
    }

    @Test
    @DisplayName("L-VIRQ-3: a Xen before 4.21 has no unique ids, no record of changes, and hides the dying phase")
    void anOlderXen() throws Exception {
        SimulatedXen older = new SimulatedXen(host, false);
        guest.beginDestroy();
        DomainState state = older.domains().find(guest.domid()).orElseThrow();
        assertThat(state.uniqueId()).isEqualTo(DomainState.NO_UNIQUE_ID);
        assertThat(state.life()).isEqualTo(Life.ALIVE);
        assertThat(older.domains().recordsChanges()).isFalse();
        MappedRing held = xen.rings().ownRing().orElseThrow().ring();
        assertThat(older.domains().list()).hasSize(2);
        held.close();
    }

    @Test
    @DisplayName("the service loader finds the backend under the name sim, and its options are checked")
    void theProvider(@TempDir Path runDirectory) throws Exception {
        HypervisorProvider provider = ServiceLoader.load(HypervisorProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.name().equals("sim"))
                .findFirst()
                .orElseThrow();
        try (Hypervisor opened = provider.open(Map.of("seed", "7", "unique-ids", "off"), runDirectory)) {
            assertThat(opened.domains().list()).extracting(DomainState::domid).containsExactly(0);
            assertThat(opened.domains().recordsChanges()).isFalse();
        }
        refuses(provider, "sead", "7", runDirectory, "it knows seed=NUMBER");
        refuses(provider, "seed", "x", runDirectory, "seed=x is not a number");
        refuses(provider, "domid-reuse-timeout", "-1", runDirectory, "is not a number");
        refuses(provider, "store", "moon", runDirectory, "store=stubdom or store=dom0");
        refuses(provider, "unique-ids", "maybe", runDirectory, "unique-ids=on or unique-ids=off");
    }

    private static void refuses(
            HypervisorProvider provider, String key, String value, Path runDirectory, String message) {
        assertThatExceptionOfType(HypervisorException.class)
                .isThrownBy(() -> provider.open(Map.of(key, value), runDirectory))
                .withMessageContaining(message)
                .satisfies(refusal -> assertThat(refusal.errno()).isEqualTo(Errno.EINVAL));
    }
}
