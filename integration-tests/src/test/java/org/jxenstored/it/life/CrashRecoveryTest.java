package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.client.Notification;
import org.jxenstored.client.QuotaExceededException;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.protocol.Value;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.RawRing;
import org.jxenstored.sim.host.SimDomain;

/** The daemon is killed and comes back: nothing that was answered is lost, and guests go on as if nothing had been. */
@OnEveryMachine
final class CrashRecoveryTest extends LifeTest {
    /** Of a guest: larger than its memory. Its page is found by its grant. */
    private static final long NO_SUCH_FRAME = 1L << 40;

    @TempDir
    Path state = Path.of("");

    CrashRecoveryTest(Machine machine) {
        super(machine);
    }

    @BeforeEach
    void keepTheStore() {
        world.keepStoreIn(state);
    }

    @Test
    @DisplayName("nodes, values, permissions and the order of children are what they were")
    void nodesSurvive() throws Exception {
        dom0().write("/b/2", "two");
        dom0().write("/b/1", "one");
        dom0().write("/gone/below", "");
        dom0().remove("/gone");
        dom0().setPermissions("/b/1", new Permission(Access.NONE, 0), new Permission(Access.READ, 0));
        settle();
        world.killAndRestartDaemon();
        assertThat(dom0().directory("/b")).containsExactly("2", "1");
        assertThat(dom0().readText("/b/2")).isEqualTo("two");
        assertThat(dom0().getPermissions("/b/1")).hasSize(2);
        assertThat(dom0().exists("/gone")).isFalse();
    }

    @Test
    @DisplayName("a guest goes on with its ring, its home and its rights; it is not introduced again")
    void guestsGoOn() throws Exception {
        SimDomain guest = guest();
        store(guest).write("data", "before");
        settle();
        world.killAndRestartDaemon();
        assertThat(store(guest).readText("data")).isEqualTo("before");
        store(guest).write("data", "after");
        assertThat(dom0().readText(dom0().domainPath(guest.domid()) + "/data")).isEqualTo("after");
        assertThat(dom0().isIntroduced(guest.domid())).isTrue();
    }

    @Test
    @DisplayName("a guest's watch is told once after the return, and of every change then")
    void watchesSurvive() throws Exception {
        SimDomain guest = guest();
        try (var changes = store(guest).watch("data")) {
            assertThat(changes.take()).isInstanceOf(Notification.Event.class);
            settle();
            world.killAndRestartDaemon();
            settle();
            assertThat(changes.poll()).as("the nudge").isPresent();
            assertThat(changes.poll()).isEmpty();
            dom0().write(dom0().domainPath(guest.domid()) + "/data", "news");
            settle();
            assertThat(changes.poll()).isPresent();
        }
    }

    @Test
    @DisplayName("S-STR-10: a guest that dies while no daemon runs is cleaned up, and its successor has nothing of it")
    void whoDiedMeanwhileIsCleanedUp() throws Exception {
        SimDomain dying = guest();
        SimDomain survivor = guest();
        store(dying).write("data", "secret");
        String home = dom0().domainPath(dying.domid());
        settle();
        world.killDaemon();
        dying.destroy();
        world.startDaemon();
        settle();
        assertThat(dom0().isIntroduced(dying.domid())).isFalse();
        assertThat(dom0().exists(home + "/data")).isFalse();
        assertThat(world.daemon().mapped()).isEqualTo(List.of(0, survivor.domid()));
    }

    @Test
    @DisplayName("S-RING-11: a guest that asks for a fresh connection while no daemon runs gets one from the next")
    void whoAsksForAFreshConnectionMeanwhileGetsIt() throws Exception {
        SimDomain guest = guest();
        GuestRing ring = new GuestRing(guest, world.time());
        assertThat(ring.ask(0, MessageType.WRITE.number(), Value.of("data\0before")))
                .isPresent();
        assertThat(ring.ask(0, MessageType.WATCH.number(), Value.of("data\0token\0")))
                .isPresent();
        world.killDaemon();
        guest.rawRing().setWord(RawRing.CONNECTION, RingPage.RECONNECT);
        world.startDaemon();
        settle();
        assertThat(guest.rawRing().word(RawRing.CONNECTION)).isEqualTo(RingPage.CONNECTED);
        assertThat(guest.rawRing().word(RawRing.REQUEST_CONSUMER)).isZero();
        dom0().write(dom0().domainPath(guest.domid()) + "/data", "news");
        settle();
        assertThat(guest.rawRing().word(RawRing.RESPONSE_PRODUCER))
                .as("its watches are over")
                .isZero();
        ring.begin();
        assertThat(ring.ask(0, MessageType.READ.number(), Value.of("data\0")))
                .map(reply -> reply.payload().toString())
                .hasValueSatisfying(value -> assertThat(value).contains("news"));
    }

    @Test
    @DisplayName("S-STR-6: requests that were read and not served are served after the return, each once; one of which"
            + " half was read goes on with the bytes that still come")
    void whatWasReadIsServed() throws Exception {
        SimDomain domain = guest();
        HostileGuest guest = new HostileGuest(domain, world.time());
        assertThat(guest.write("data", HostileGuest.text(1000))).isEqualTo("OK");
        int sent = guest.flood(MessageType.READ, Value.of("data\0"), 1000);
        assertThat(sent).as("it was held back").isBetween(20, 999);
        Message last = Message.of(MessageType.WRITE, 5000, 0, HostileGuest.writing("data", "by the half request"));
        byte[] request = last.toByteArray();
        world.killAndRestartDaemon();
        world.killAndRestartDaemon();
        assertThat(guest.await(sent + 1))
                .as("the last answer, after one to the first request")
                .isPresent();
        assertThat(guest.unclaimedReplies()).isEqualTo(sent - 1);
        guest.sendBytes(Arrays.copyOf(request, 20));
        settle();
        world.killAndRestartDaemon();
        world.killAndRestartDaemon();
        guest.sendBytes(Arrays.copyOfRange(request, 20, request.length));
        assertThat(guest.await(5000)).isPresent();
        assertThat(dom0().readText(dom0().domainPath(domain.domid()) + "/data")).isEqualTo("by the half request");
    }

    @Test
    @DisplayName("features, quotas and targets are what they were set to")
    void settingsSurvive() throws Exception {
        SimDomain guest = guest();
        SimDomain other = guest();
        dom0().control("quota", "set", "nodes", "77");
        dom0().setTarget(guest.domid(), other.domid());
        settle();
        world.killAndRestartDaemon();
        assertThat(world.daemon().server().engine().domains().globalQuotas().toString())
                .contains("NODES=77");
        assertThat(world.daemon()
                        .server()
                        .engine()
                        .domains()
                        .know(guest.domid())
                        .target())
                .isEqualTo(other.domid());
    }

    /** A guest that runs, and whose page the next daemon cannot have: it took it away from everybody. */
    private SimDomain guestThatTakesItsPageAway() throws Exception {
        SimDomain guest = build(DomainConfig.SMALL);
        introduce(guest, NO_SUCH_FRAME);
        guest.unpause();
        guest.revokeGrant(RingMapper.GRANT_XENSTORE);
        world.killAndRestartDaemon();
        assertThat(world.daemon().mapped()).isEqualTo(List.of(Domid.DOM0));
        assertThat(dom0().isIntroduced(guest.domid())).isTrue();
        return guest;
    }

    @Test
    @DisplayName("S-STR-9: a guest whose page cannot be had any more stays introduced, and its death is reported")
    void whoseRingIsLostIsCleanedUpAtItsEnd() throws Exception {
        SimDomain guest = guestThatTakesItsPageAway();
        String data = dom0().domainPath(guest.domid()) + "/data";
        assertThat(dom0().exists(data)).isTrue();
        assertThat(news()).doesNotContain(released(guest));
        guest.destroy();
        assertThat(news()).contains(released(guest), PLAIN);
        assertThat(dom0().exists(data)).isFalse();
        assertThat(dom0().isIntroduced(guest.domid())).isFalse();
    }

    @Test
    @DisplayName(
            "S-STR-9: a guest whose page could not be had is served again once it is introduced again and shares it")
    void whoseRingWasLostCanBeServedAgain() throws Exception {
        SimDomain guest = guestThatTakesItsPageAway();
        guest.grantStorePage(RingMapper.GRANT_XENSTORE, Domid.DOM0);
        dom0().introduce(guest.domid(), guest.storeGfn(), guest.storePort());
        GuestRing ring = new GuestRing(guest, world.time());
        assertThat(ring.ask(0, MessageType.WRITE.number(), Value.of("data\0value")))
                .isPresent();
        assertThat(dom0().readText(dom0().domainPath(guest.domid()) + "/data")).isEqualTo("value");
    }

    @Test
    @DisplayName("S-STR-11: a guest that has more than it may have now keeps it, and gets no more")
    void whatIsOverAQuotaStays() throws Exception {
        SimDomain guest = guest();
        store(guest).write("data/1", "");
        store(guest).write("data/2", "");
        dom0().setQuota(guest.domid(), "nodes", 2);
        settle();
        world.killAndRestartDaemon();
        assertThat(store(guest).directory("data")).containsExactly("1", "2");
        assertThatThrownBy(() -> store(guest).write("data/3", "")).isInstanceOf(QuotaExceededException.class);
    }

    @Test
    @DisplayName("S-STR-14: rights of a domain that is not introduced yet are there when it is")
    void rightsOfOneToComeSurvive() throws Exception {
        SimDomain coming = build(DomainConfig.SMALL);
        dom0().write("/for/it", "value");
        dom0().setPermissions("/for/it", new Permission(Access.NONE, 0), new Permission(Access.READ, coming.domid()));
        settle();
        world.killAndRestartDaemon();
        introduce(coming);
        coming.unpause();
        settle();
        assertThat(store(coming).readText("/for/it")).isEqualTo("value");
    }

    @Test
    @DisplayName("a daemon that is ended and started goes on too, and so does the one after it")
    void againAndAgain() throws Exception {
        SimDomain guest = guest();
        for (int i = 0; i < 5; i++) {
            store(guest).write("data", "value " + i);
            settle();
            world.killAndRestartDaemon();
            assertThat(store(guest).readText("data")).isEqualTo("value " + i);
        }
    }
}
