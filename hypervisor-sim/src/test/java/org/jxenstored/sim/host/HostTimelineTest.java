package org.jxenstored.sim.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.sim.time.HandClock;
import org.jxenstored.sim.timeline.TimelineText;

/** What people can read afterwards: the sequences of lifecycle.md 12 as Xen sees them. */
final class HostTimelineTest {
    private final HandClock clock = new HandClock();
    private final SimHost host = new SimHost(1, clock);

    @AfterEach
    void switchOff() {
        host.close();
    }

    private String story(SimDomain domain) {
        return TimelineText.of(host.timeline().of(domain.uniqueId()));
    }

    @Test
    @DisplayName("lifecycle.md 12.1: a guest that powers off and is destroyed")
    void powerOff() throws Exception {
        int virq = host.dom0().ports().bindDomainException();
        host.dom0().ports().handle(virq, false, _ -> {});
        SimDomain guest = host.createDomain();
        guest.prepareStore(0);
        Mapping ring = host.dom0().mapGrant(guest.domid(), RingMapper.GRANT_XENSTORE);
        guest.unpause();
        clock.pass(Duration.ofSeconds(3));
        guest.shutdown(ShutdownCode.POWEROFF);
        guest.shutdown(ShutdownCode.REBOOT);
        clock.pass(Duration.ofMillis(40));
        guest.destroy();
        clock.pass(Duration.ofMillis(5));
        ring.close();
        assertThat(story(guest)).isEqualTo("""
                0.000  toolstack -> Xen        domctl createdomain: domid 1
                0.000  Xen                     domain 1 is marked as changed, no VIRQ_DOM_EXC
                0.000  toolstack -> Xen        grants 0 (console) and 1 (store) of domain 1, port 1
                0.000  xenstored -> Xen        maps grant 1 of domain 1, the store ring
                0.000  toolstack -> Xen        domctl unpausedomain 1
                3.000  domain 1  -> Xen        SCHEDOP_shutdown(poweroff)
                3.000  Xen       -> xenstored  VIRQ_DOM_EXC
                3.000  domain 1  -> Xen        SCHEDOP_shutdown(reboot), without effect: it is shut down
                3.040  toolstack -> Xen        domctl destroydomain 1
                3.040  Xen                     domain 1 is dying
                3.040  Xen                     domain 1 is dead, kept by: grant mapped by domain 0
                3.040  Xen       -> xenstored  VIRQ_DOM_EXC
                3.045  xenstored -> Xen        unmaps grant 1 of domain 1, the store ring
                3.045  Xen                     domain 1 is off the list: the last reference is gone
                3.045  Xen                     freed: domid 1 is free again
                3.045  Xen       -> xenstored  VIRQ_DOM_EXC
                """);
    }

    @Test
    @DisplayName("lifecycle.md 12.7: a driver domain that keeps a zombie, and its end")
    void aStuckDriverDomain() throws Exception {
        SimDomain guest = host.createDomain();
        SimDomain driver = host.createDomain();
        Mapping held = driver.mapGrant(guest.domid(), guest.grantPage(driver.domid()));
        guest.destroy();
        driver.destroy();
        held.close();
        assertThat(story(guest)).isEqualTo("""
                0.000  toolstack -> Xen  domctl createdomain: domid 1
                0.000  Xen               domain 1 is marked as changed, no VIRQ_DOM_EXC
                0.000  domain 2  -> Xen  maps grant 8 of domain 1
                0.000  toolstack -> Xen  domctl destroydomain 1
                0.000  Xen               domain 1 is dying
                0.000  Xen               domain 1 is dead, kept by: grant mapped by domain 2
                0.000  Xen               VIRQ_DOM_EXC is lost: nobody has it bound
                0.000  Xen               domain 2 is destroyed: unmaps grant 8 of domain 1
                0.000  Xen               domain 1 is off the list: the last reference is gone
                0.000  Xen               freed: domid 1 is free again
                0.000  Xen               VIRQ_DOM_EXC is lost: nobody has it bound
                """);
    }

    @Test
    @DisplayName("L-VIRQ-1: a VIRQ that finds an earlier one pending is told as such")
    void coalesced() throws Exception {
        int virq = host.dom0().ports().bindDomainException();
        host.dom0().ports().mask(virq);
        SimDomain first = host.createDomain();
        SimDomain second = host.createDomain();
        first.crash();
        second.crash();
        assertThat(story(first)).contains("domain_crash\n").contains("-> xenstored  VIRQ_DOM_EXC\n");
        assertThat(story(second)).contains("-> xenstored  VIRQ_DOM_EXC, still pending from an earlier one\n");
    }

    @Test
    @DisplayName("L-SUSP-1: suspend by event channel, resume, watchdog, and what was latched before")
    void suspendAndWatchdog() throws Exception {
        SimDomain guest = host.createDomain();
        guest.unpause();
        guest.subscribeSuspend(guest.ports().allocateUnbound(0));
        guest.shutdown(ShutdownCode.SUSPEND);
        guest.resume();
        guest.setWatchdog(Duration.ofSeconds(10));
        guest.setWatchdog(Duration.ofSeconds(30));
        guest.latchShutdownCode(ShutdownCode.CRASH);
        clock.pass(Duration.ofSeconds(30));
        assertThat(story(guest)).isEqualTo("""
                 0.000  toolstack -> Xen        domctl createdomain: domid 1
                 0.000  Xen                     domain 1 is marked as changed, no VIRQ_DOM_EXC
                 0.000  toolstack -> Xen        domctl unpausedomain 1
                 0.000  toolstack -> Xen        domctl subscribe: suspend event channel of domain 1
                 0.000  domain 1  -> Xen        SCHEDOP_shutdown(suspend)
                 0.000  Xen       -> toolstack  suspend event channel, no VIRQ_DOM_EXC
                 0.000  toolstack -> Xen        domctl resumedomain 1
                 0.000  domain 1  -> Xen        SCHEDOP_watchdog(10 s)
                 0.000  domain 1  -> Xen        SCHEDOP_shutdown_code(crash)
                30.000  Xen                     watchdog fired, but crash was latched before
                30.000  Xen                     VIRQ_DOM_EXC is lost: nobody has it bound
                """);
    }

    @Test
    @DisplayName("lifecycle.md 5.1: who shut a guest down from outside is told")
    void remoteShutdown() throws Exception {
        SimDomain guest = host.createDomain(DomainConfig.SMALL.withType(DomainType.HVM));
        SimDomain stubdom = host.createDomain();
        stubdom.setTarget(guest.domid());
        Mapping ioreq = stubdom.mapIoreqPages(guest.domid());
        Mapping frame = stubdom.mapForeign(guest.domid(), 16);
        host.dom0().remoteShutdown(guest.domid(), ShutdownCode.SUSPEND);
        guest.resume();
        guest.beginIo();
        stubdom.remoteShutdown(guest.domid(), ShutdownCode.REBOOT);
        guest.endIo();
        ioreq.close();
        frame.close();
        assertThat(story(guest)).isEqualTo("""
                0.000  toolstack -> Xen  domctl createdomain: domid 1
                0.000  Xen               domain 1 is marked as changed, no VIRQ_DOM_EXC
                0.000  toolstack -> Xen  domctl set_target: domain 2 acts for domain 1
                0.000  domain 2  -> Xen  maps IOREQ page of domain 1
                0.000  domain 2  -> Xen  maps frame 0x10 of domain 1
                0.000  toolstack -> Xen  SCHEDOP_remote_shutdown(suspend)
                0.000  Xen               VIRQ_DOM_EXC is lost: nobody has it bound
                0.000  toolstack -> Xen  domctl resumedomain 1
                0.000  domain 2  -> Xen  SCHEDOP_remote_shutdown(reboot)
                0.000  Xen               the last I/O ended: shutdown complete
                0.000  Xen               VIRQ_DOM_EXC is lost: nobody has it bound
                0.000  domain 2  -> Xen  unmaps IOREQ page of domain 1
                0.000  domain 2  -> Xen  unmaps frame 0x10 of domain 1
                """);
    }

    @Test
    @DisplayName("L-SUSP-9: a soft reset, a reboot by triple fault, a poweroff by HLT")
    void otherEnds() throws Exception {
        SimDomain guest = host.createDomain();
        guest.unpause();
        guest.shutdown(ShutdownCode.SOFT_RESET);
        guest.softReset();
        guest.tripleFault();
        guest.resume();
        guest.haltForGood(0);
        assertThat(story(guest))
                .contains("SCHEDOP_shutdown(soft_reset)\n")
                .contains("toolstack -> Xen  domctl soft_reset 1\n")
                .contains("triple fault\n")
                .contains("the last virtual CPU halts with interrupts off: poweroff\n");
    }

    @Test
    @DisplayName("dom0 and its own store ring are no news")
    void dom0IsNoNews() throws Exception {
        host.dom0().mapOwnStorePage().close();
        assertThat(host.timeline().all()).isEmpty();
    }
}
