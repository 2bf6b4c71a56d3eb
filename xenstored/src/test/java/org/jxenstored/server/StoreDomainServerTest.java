package org.jxenstored.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.domain.Quotas;
import org.jxenstored.engine.Connection;
import org.jxenstored.engine.EngineConfig;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.listener.EventLoopThread;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.trace.Tracer;

/** A server in domain 1 that connects dom0's kernel (lifecycle.md 14). */
@Timeout(60)
final class StoreDomainServerTest {
    private static final int STORE = 1;

    @TempDir
    Path directory;

    private final FakeXen xen = new FakeXen();
    private EventLoopThread loop;
    private XenstoreServer server;

    @BeforeEach
    void start() throws Exception {
        xen.states.create(0);
        xen.states.create(STORE);
        xen.states.create(3);
        xen.page(3).setEventChannel(9);
        xen.runIn(STORE, 4);
        loop = EventLoopThread.start();
        server = XenstoreServer.start(
                new EngineConfig(STORE, 0, Quotas.DEFAULTS, 20, false, 1 << 20, EngineConfig.DEFAULT_EVENTS_AT_ONCE),
                xen,
                loop,
                new Tracer(Optional.empty(), Set.of(), directory));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        loop.close();
    }

    private Connection ring(int domid) {
        return server.onLoop(() -> server.engine().connections().all().stream()
                .filter(each -> each.domain().domid() == domid)
                .findFirst()
                .orElseThrow());
    }

    @Test
    @DisplayName(
            "S-RUN-2, L-RING-3: the own ring, guests and dom0 by grant 1 and --event; dom0 is privileged, the store's domain not")
    void dom0IsConnectedByItsPort() throws HypervisorException {
        assertThat(server.onLoop(() -> server.engine().hasRing(0))).isFalse();
        server.adoptControlDomain(7);
        assertThat(xen.deeds).containsSubsequence("bind 1 4", "bind 3 9", "map 0", "bind 0 7");
        assertThat(ring(0).isPrivileged()).isTrue();
        assertThat(ring(STORE).isPrivileged()).isFalse();
        assertThat(xen.page(0).features()).isEqualTo(15);
    }

    @Test
    @DisplayName("P-INTRO-6, L-CRE-4: without --event the port that stands in dom0's page will do")
    void dom0IsConnectedByItsPage() throws HypervisorException {
        xen.page(0).setEventChannel(8);
        xen.page(0).setConnection(RingPage.RECONNECT);
        server.adoptControlDomain(0);
        assertThat(xen.deeds).endsWith("map 0", "bind 0 8");
        assertThat(xen.page(0).connection()).as("S-RING-13").isEqualTo(RingPage.CONNECTED);
    }

    @Test
    @DisplayName("P-INTRO-10: without any port dom0 waits until somebody introduces it")
    void dom0Waits() throws HypervisorException {
        server.adoptControlDomain(0);
        assertThat(server.onLoop(() -> server.engine().hasRing(0))).isFalse();
        assertThat(xen.deeds).endsWith("map 0", "unmap 0");
    }

    @Test
    @DisplayName("L-RING-4: a port that cannot be bound is an error for whoever gave it")
    void aPortThatCannotBeBound() {
        assertThatThrownBy(() -> server.adoptControlDomain(666))
                .isInstanceOf(HypervisorException.class)
                .hasMessageContaining("--event 666");
        assertThat(xen.deeds).endsWith("map 0", "unmap 0");
    }

    @Test
    @DisplayName("S-RUN-2: a kernel that is connected already is not connected a second time")
    void notTwice() throws HypervisorException {
        server.adoptControlDomain(7);
        assertThatThrownBy(() -> server.adoptControlDomain(7))
                .isInstanceOf(HypervisorException.class)
                .hasMessageContaining("connected already");
        assertThat(ring(0).isPrivileged()).isTrue();
    }
}
