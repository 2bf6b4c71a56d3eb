package org.jxenstored.sim.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jxenstored.sim.host.Refusals.refused;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.protocol.Errno;

/** The table of lifecycle.md 8, row by row. */
final class DomainExceptionTest {
    private static final List<Integer> NONE = List.of();

    private final ManualNotifications notifications = new ManualNotifications();
    private final SimHost host = new SimHost(1, notifications);
    private final EventPorts dom0 = host.dom0().ports();
    private int virq;
    private int virqs;

    @BeforeEach
    void bind() throws Exception {
        virq = dom0.bindDomainException();
        dom0.handle(virq, false, _ -> virqs++);
        host.takeChanged();
    }

    @AfterEach
    void switchOff() {
        host.close();
    }

    private void expect(int expectedVirqs, List<Integer> expectedChanges) {
        notifications.deliverAll();
        assertThat(virqs).as("VIRQs").isEqualTo(expectedVirqs);
        assertThat(host.takeChanged()).as("changed domains").isEqualTo(expectedChanges);
        virqs = 0;
    }

    private SimDomain runningGuest() throws Exception {
        SimDomain guest = host.createDomain();
        guest.prepareStore(0);
        guest.unpause();
        host.takeChanged();
        return guest;
    }

    @Test
    @DisplayName("L-VIRQ: a created domain is changed, without a VIRQ")
    void creation() throws Exception {
        SimDomain guest = host.createDomain();
        expect(0, List.of(guest.domid()));
    }

    @Test
    @DisplayName("L-SHUT-4: a complete shutdown is a change and a VIRQ")
    void shutdown() throws Exception {
        SimDomain guest = runningGuest();
        guest.shutdown(ShutdownCode.POWEROFF);
        expect(1, List.of(guest.domid()));
    }

    @Test
    @DisplayName("L-SUSP-1, L-SUSP-2: a suspend with a subscriber is a change without a VIRQ; the subscriber hears it")
    void suspendWithSubscriber() throws Exception {
        SimDomain guest = runningGuest();
        int guestPort = guest.ports().allocateUnbound(0);
        int toolstackPort = dom0.bindInterdomain(guest.domid(), guestPort);
        int[] heard = {0};
        dom0.handle(toolstackPort, false, _ -> heard[0]++);
        notifications.deliverAll();
        guest.subscribeSuspend(guestPort);
        guest.shutdown(ShutdownCode.SUSPEND);
        expect(0, List.of(guest.domid()));
        assertThat(heard[0]).isEqualTo(2);
    }

    @Test
    @DisplayName("L-SUSP-1: the subscriber of a suspend does not keep the VIRQ of another shutdown away")
    void otherShutdownWithSubscriber() throws Exception {
        SimDomain guest = runningGuest();
        guest.subscribeSuspend(guest.ports().allocateUnbound(0));
        guest.shutdown(ShutdownCode.REBOOT);
        expect(1, List.of(guest.domid()));
    }

    @Test
    @DisplayName("L-SUSP-3: a suspend without a subscriber is a change and a VIRQ")
    void suspendWithoutSubscriber() throws Exception {
        SimDomain guest = runningGuest();
        guest.shutdown(ShutdownCode.SUSPEND);
        expect(1, List.of(guest.domid()));
    }

    @Test
    @DisplayName("L-SUSP-5: resume is neither a change nor a VIRQ, and makes the next shutdown count again")
    void resume() throws Exception {
        SimDomain guest = runningGuest();
        guest.shutdown(ShutdownCode.SUSPEND);
        expect(1, List.of(guest.domid()));
        guest.resume();
        expect(0, NONE);
        assertThat(guest.isRunning()).isTrue();
        guest.shutdown(ShutdownCode.POWEROFF);
        expect(1, List.of(guest.domid()));
        assertThat(guest.state().shutdownCode()).isEqualTo(ShutdownCode.POWEROFF);
    }

    @Test
    @DisplayName("L-VIRQ: pause and unpause are neither a change nor a VIRQ")
    void pause() throws Exception {
        SimDomain guest = runningGuest();
        guest.pause();
        guest.unpause();
        expect(0, NONE);
    }

    @Test
    @DisplayName("L-KILL-1: a destruction that starts is neither a change nor a VIRQ")
    void dying() throws Exception {
        SimDomain guest = runningGuest();
        guest.beginDestroy();
        expect(0, NONE);
    }

    @Test
    @DisplayName("L-REF-3: a dead domain is a change and a VIRQ, and once more when its last reference is gone")
    void deadAndGone() throws Exception {
        SimDomain guest = runningGuest();
        Mapping ring = host.dom0().mapGrant(guest.domid(), RingMapper.GRANT_XENSTORE);
        guest.destroy();
        expect(1, List.of(guest.domid()));
        assertThat(guest.state().isDead()).isTrue();
        ring.close();
        expect(1, List.of(guest.domid()));
        assertThat(host.find(guest.domid())).isEmpty();
    }

    @Test
    @DisplayName("L-VIRQ-1: death and end before the handler looks are one VIRQ and one change")
    void deathAndEndCoalesce() throws Exception {
        SimDomain guest = runningGuest();
        guest.destroy();
        expect(1, List.of(guest.domid()));
    }

    @Test
    @DisplayName("lifecycle.md 12.8: several domains are one VIRQ and are polled in ascending order")
    void severalDomains() throws Exception {
        SimDomain first = runningGuest();
        SimDomain second = runningGuest();
        SimDomain third = runningGuest();
        third.destroy();
        second.crash();
        first.shutdown(ShutdownCode.POWEROFF);
        expect(1, List.of(first.domid(), second.domid(), third.domid()));
    }

    @Test
    @DisplayName("L-VIRQ: a creation that fails is neither a change nor a VIRQ")
    void failedCreation() {
        refused(Errno.EEXIST, () -> host.createDomain(DomainConfig.SMALL.withDomid(0)));
        expect(0, NONE);
    }

    @Test
    @DisplayName("L-VIRQ-2: what happens while nobody has the VIRQ bound is lost; binding makes all domains changed")
    void unboundAndBoundAgain() throws Exception {
        SimDomain dead = runningGuest();
        SimDomain alive = runningGuest();
        dead.crash();
        dom0.close(virq);
        expect(0, NONE);
        dead.destroy();
        expect(0, NONE);
        virq = dom0.bindDomainException();
        dom0.handle(virq, false, _ -> virqs++);
        expect(0, List.of(0, alive.domid()));
    }

    @Test
    @DisplayName("L-VIRQ-4: a second binder gets EEXIST, a domain that is not the handler EBUSY")
    void onlyOneCanBind() throws Exception {
        SimDomain guest = runningGuest();
        refused(Errno.EEXIST, dom0::bindDomainException);
        refused(Errno.EBUSY, () -> guest.ports().bindDomainException());
    }

    @Test
    @DisplayName(
            "lifecycle.md 8: the role moves while nobody has it bound, and returns to dom0 with its holder's death")
    void theRoleMoves() throws Exception {
        SimDomain stubdom = runningGuest();
        refused(Errno.EBUSY, () -> host.setDomainExceptionHandler(stubdom));
        dom0.close(virq);
        host.setDomainExceptionHandler(stubdom);
        refused(Errno.EBUSY, dom0::bindDomainException);
        int port = stubdom.ports().bindDomainException();
        stubdom.ports().handle(port, false, _ -> virqs++);
        assertThat(host.takeChanged()).containsExactly(0, stubdom.domid());
        runningGuest().crash();
        notifications.deliverAll();
        assertThat(virqs).isEqualTo(1);
        stubdom.destroy();
        assertThat(dom0.bindDomainException()).isPositive();
    }
}
