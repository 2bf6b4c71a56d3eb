package org.jxenstored.sim.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.jxenstored.sim.host.Refusals.refused;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Errno;

final class EventChannelTest {
    private final ManualNotifications notifications = new ManualNotifications();
    private final SimHost host = new SimHost(1, notifications);
    private final EventPorts dom0 = host.dom0().ports();
    private final List<Integer> heard = new ArrayList<>();
    private SimDomain guest = host.dom0();
    private int guestPort;
    private int port;

    @BeforeEach
    void connect() throws Exception {
        guest = host.createDomain();
        guest.unpause();
        guestPort = guest.ports().allocateUnbound(0);
        port = dom0.bindInterdomain(guest.domid(), guestPort);
    }

    @AfterEach
    void switchOff() {
        host.close();
    }

    private void listen(boolean maskedWhenTaken) {
        dom0.handle(port, maskedWhenTaken, heard::add);
        notifications.deliverAll();
        dom0.unmask(port);
        heard.clear();
    }

    @Test
    @DisplayName("L-RING-4: an end that is newly bound is pending, as earlier signals were lost")
    void aNewEndIsPending() {
        assertThat(dom0.isPending(port)).isTrue();
        assertThat(guest.ports().isPending(guestPort)).isFalse();
        dom0.handle(port, false, heard::add);
        notifications.deliverAll();
        assertThat(heard).containsExactly(port);
    }

    @Test
    @DisplayName("L-RING-3: a signal reaches the other end under that end's own port")
    void aSignalReachesTheOtherEnd() {
        listen(false);
        guest.ports().signal(guestPort);
        assertThat(heard).isEmpty();
        notifications.deliverAll();
        assertThat(heard).containsExactly(port);
    }

    @Test
    @DisplayName("L-VIRQ-1: any number of signals before the other end looks give one event")
    void signalsCoalesce() {
        listen(false);
        for (int i = 0; i < 5; i++) {
            guest.ports().signal(guestPort);
        }
        notifications.deliverAll();
        assertThat(heard).containsExactly(port);
        guest.ports().signal(guestPort);
        notifications.deliverAll();
        assertThat(heard).containsExactly(port, port);
    }

    @Test
    @DisplayName("L-DEV-1: a port that fired stays masked until it is unmasked, and what came meanwhile is not lost")
    void aFiredPortIsMasked() {
        listen(true);
        guest.ports().signal(guestPort);
        notifications.deliverAll();
        guest.ports().signal(guestPort);
        guest.ports().signal(guestPort);
        notifications.deliverAll();
        assertThat(heard).containsExactly(port);
        dom0.unmask(port);
        notifications.deliverAll();
        assertThat(heard).containsExactly(port, port);
        dom0.unmask(port);
        notifications.deliverAll();
        assertThat(heard).hasSize(2);
    }

    @Test
    @DisplayName("L-RING-4: a port that is bound, waits for somebody else, or does not exist cannot be bound")
    void onlyAPortThatWaitsForUsCanBeBound() throws Exception {
        int forOther = guest.ports().allocateUnbound(77);
        refused(Errno.EINVAL, () -> dom0.bindInterdomain(guest.domid(), guestPort));
        refused(Errno.EINVAL, () -> dom0.bindInterdomain(guest.domid(), forOther));
        refused(Errno.EINVAL, () -> dom0.bindInterdomain(guest.domid(), 0));
        refused(Errno.EINVAL, () -> dom0.bindInterdomain(guest.domid(), 500));
        refused(Errno.EINVAL, () -> dom0.bindInterdomain(99, 1));
    }

    @Test
    @DisplayName("lifecycle.md 7 step 4: closing one end leaves the other one unbound, to be bound again")
    void closingLeavesTheOtherEndUnbound() throws Exception {
        listen(false);
        dom0.close(port);
        assertThat(guest.ports().isConnected(guestPort)).isFalse();
        guest.ports().signal(guestPort);
        notifications.deliverAll();
        assertThat(heard).isEmpty();
        port = dom0.bindInterdomain(guest.domid(), guestPort);
        assertThat(guest.ports().isConnected(guestPort)).isTrue();
    }

    @Test
    @DisplayName("lifecycle.md 7 step 4: a destroyed guest is no partner any more, and signals to it are harmless")
    void destroyClosesTheGuestsEnd() throws Exception {
        guest.destroy();
        assertThat(dom0.isConnected(port)).isFalse();
        dom0.signal(port);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> guest.ports().isPending(guestPort))
                .withMessageContaining("no port " + guestPort);
    }

    @Test
    @DisplayName("an event on its way to a port that was closed meanwhile is dropped")
    void anEventForAClosedPortIsDropped() {
        listen(false);
        guest.ports().signal(guestPort);
        dom0.close(port);
        notifications.deliverAll();
        assertThat(heard).isEmpty();
    }

    @Test
    @DisplayName("S-RING-16: a lost event does not keep the next one away")
    void aLostEventIsOnlyOne() {
        listen(false);
        guest.ports().signal(guestPort);
        assertThat(notifications.loseAll()).isEqualTo(1);
        guest.ports().signal(guestPort);
        notifications.deliverAll();
        assertThat(heard).containsExactly(port);
    }

    @Test
    @DisplayName("lifecycle.md 2: a paused guest hears nothing; what came meanwhile is pending when it goes on")
    void aPausedGuestHearsLater() throws Exception {
        guest.ports().handle(guestPort, false, heard::add);
        guest.pause();
        dom0.signal(port);
        notifications.deliverAll();
        assertThat(heard).isEmpty();
        guest.unpause();
        notifications.deliverAll();
        assertThat(heard).containsExactly(guestPort);
    }

    @Test
    @DisplayName("lifecycle.md 14: the dom0 kernel and the daemon in dom0 share a channel within one domain")
    void aDomainCanConnectToItself() throws Exception {
        int daemonPort = dom0.bindInterdomain(0, host.dom0().storePort());
        List<String> signals = new ArrayList<>();
        host.dom0().onStoreSignal(() -> signals.add("kernel"));
        dom0.handle(daemonPort, false, _ -> signals.add("daemon"));
        notifications.deliverAll();
        assertThat(signals).containsExactly("daemon");
        host.dom0().signalStore();
        dom0.signal(daemonPort);
        notifications.deliverAll();
        assertThat(signals).containsExactly("daemon", "daemon", "kernel");
    }

    @Test
    @DisplayName("a domain that has no free port left is told so")
    void portsRunOut() throws Exception {
        for (int i = 2; i < EventPorts.MAX; i++) {
            guest.ports().allocateUnbound(0);
        }
        refused(Errno.ENOSPC, () -> guest.ports().allocateUnbound(0));
    }
}
