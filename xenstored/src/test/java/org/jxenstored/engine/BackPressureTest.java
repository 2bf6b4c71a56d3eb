package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.domain.FakeDomainStates;
import org.jxenstored.domain.Quotas;
import org.jxenstored.protocol.MessageType;

class BackPressureTest extends EngineWorld {
    private void watchAsDom0(Client watcher, String path) {
        watcher.ok("WATCH", path, "t");
        watcher.events();
    }

    @Test
    @DisplayName("S-QUOTA-8: a request is outstanding until its reply is written")
    void aRequestIsOutstandingUntilItsReplyIsWritten() {
        Guest guest = guest(3);
        guest.send("READ", "data");
        guest.send("READ", "data");
        assertThat(outstanding(3)).isEqualTo(2);
        guest.readBytes(16 + 7);
        assertThat(outstanding(3)).isEqualTo(1);
        guest.readBytes(16 + 6);
        assertThat(outstanding(3)).as("one byte is missing").isEqualTo(1);
        guest.readBytes(1);
        assertThat(outstanding(3)).isZero();
    }

    @Test
    @DisplayName("S-QUOTA-8: and until every event it caused is written, whoever gets it")
    void aRequestIsOutstandingUntilItsEventsAreWritten() {
        Guest guest = guest(3);
        Client slow = socket();
        Client other = socket();
        watchAsDom0(slow, "/local/domain/3");
        watchAsDom0(other, "/local");
        guest.ok("WRITE", "a", "1");
        assertThat(outstanding(3)).isEqualTo(1);
        other.drain();
        assertThat(outstanding(3)).isEqualTo(1);
        slow.drain();
        assertThat(outstanding(3)).isZero();
    }

    @Test
    @DisplayName("S-QUOTA-8: an event that goes with its connection counts as done")
    void aDroppedEventCountsAsDone() {
        Guest guest = guest(3);
        Client slow = socket();
        watchAsDom0(slow, "/local/domain/3");
        guest.ok("WRITE", "a", "1");
        engine.disconnect(slow.connection());
        assertThat(outstanding(3)).isZero();
    }

    @Test
    @DisplayName("S-QUOTA-8: the first event of a watch is counted on nobody")
    void theFirstEventIsNotCounted() {
        Guest guest = guest(3);
        guest.send("WATCH", "a", "t");
        guest.readBytes(16 + 3);
        assertThat(outstanding(3)).isZero();
        assertThat(guest.events()).containsExactly("a t");
    }

    @Test
    @DisplayName(
            "S-QUOTA-8, S-QUOTA-9: a guest whose events nobody reads is stalled at 20, and goes on when they are read")
    void aGuestThatFloodsASlowWatcherIsStalled() {
        Guest guest = guest(3);
        Client slow = socket();
        watchAsDom0(slow, "/local/domain/3");
        for (int i = 0; i < 20; i++) {
            assertThat(guest.isAdmitted(MessageType.WRITE)).isTrue();
            guest.ok("WRITE", "n" + i, "1");
        }
        assertThat(guest.isAdmitted(MessageType.WRITE)).isFalse();
        assertThat(guest.isAdmitted(MessageType.READ)).isFalse();
        engine.tick();
        assertThat(guest.resumed).isZero();
        slow.readBytes(16 + "/local/domain/3/n0".length() + 3);
        engine.tick();
        assertThat(guest.resumed).isEqualTo(1);
        assertThat(guest.isAdmitted(MessageType.WRITE)).isTrue();
        engine.tick();
        assertThat(guest.resumed).as("only once").isEqualTo(1);
    }

    @Test
    @DisplayName("P-CALL-4: sockets are never stalled")
    void socketsAreNeverStalled() {
        for (int i = 0; i < 100; i++) {
            dom0.send("READ", "/");
        }
        assertThat(engine.admits(dom0.connection(), 2)).isTrue();
    }

    @Test
    @DisplayName("S-QUOTA-9: over the memory quota only requests that free memory get through")
    void overTheMemoryQuotaOnlyFreeingRequestsGetThrough() {
        Guest guest = guest(3);
        dom0.ok("SET_QUOTA", "3", "memory", "400");
        dom0.ok("WRITE", "/local/domain/3/big", "x".repeat(1000));
        assertThat(guest.isAdmitted(MessageType.READ)).isFalse();
        assertThat(guest.isAdmitted(MessageType.RM)).isTrue();
        assertThat(guest.isAdmitted(MessageType.UNWATCH)).isTrue();
        assertThat(guest.isAdmitted(MessageType.RESET_WATCHES)).isTrue();
        assertThat(guest.isAdmitted(MessageType.TRANSACTION_END)).isTrue();
        guest.ok("RM", "big");
        assertThat(guest.resumed).isEqualTo(1);
        assertThat(guest.isAdmitted(MessageType.READ)).isTrue();
    }

    @Test
    @DisplayName("S-BUF-3, S-BUF-4: a large reply over the memory quota is ENOMEM, a small one is always sent")
    void aLargeReplyOverTheQuotaIsEnomem() {
        Guest guest = guest(3);
        guest.ok("WRITE", "big", "x".repeat(500));
        guest.ok("WRITE", "small", "y");
        dom0.ok("SET_QUOTA", "3", "memory", "1000");
        assertThat(guest.ask("READ", "big")).isEqualTo("ENOMEM");
        assertThat(guest.ask("READ", "small")).isEqualTo("y");
    }

    @Test
    @DisplayName("S-LOSS-1, S-BUF-2: events over the receiver's memory quota are dropped")
    void eventsOverTheQuotaAreDropped() {
        Guest guest = guest(3);
        dom0.ok("WRITE", "/open", "");
        dom0.ok("SET_PERMS", "/open", "r0");
        guest.ok("WATCH", "/open", "t");
        guest.events();
        dom0.ok("SET_QUOTA", "3", "memory", "1");
        dom0.ok("WRITE", "/open", "1");
        assertThat(guest.events()).isEmpty();
        dom0.ok("SET_QUOTA", "3", "memory", "0");
        dom0.ok("WRITE", "/open", "2");
        assertThat(guest.events()).containsExactly("/open t");
    }

    @Test
    @DisplayName("P-EVENT-2, S-LOSS-1: an event of more than 4096 bytes is dropped, one of 4096 is sent")
    void anEventThatIsTooLongIsDropped() {
        dom0.ok("WATCH", "/", "t".repeat(2000));
        dom0.events();
        socket().ok("WRITE", "/" + "p".repeat(2093), "");
        assertThat(dom0.events()).as("4096 bytes").hasSize(1);
        socket().ok("WRITE", "/" + "p".repeat(2094), "");
        assertThat(dom0.events()).as("4097 bytes").isEmpty();
    }

    @Test
    @DisplayName("S-DUP-1: an event that still waits is not queued again; once it is sent it is")
    void equalEventsAreMerged() {
        watchAsDom0(dom0, "/a");
        dom0.ok("WATCH", "/a", "u");
        dom0.events();
        Client writer = socket();
        writer.ok("WRITE", "/a", "1");
        writer.ok("WRITE", "/a", "2");
        writer.ok("WRITE", "/a/b", "3");
        dom0.readBytes(5);
        writer.ok("WRITE", "/a", "4");
        assertThat(dom0.events()).containsExactly("/a t", "/a u", "/a/b t", "/a/b u");
        writer.ok("WRITE", "/a", "5");
        assertThat(dom0.events()).containsExactly("/a t", "/a u");
    }

    @Test
    @DisplayName("S-DUP-1: events of special names are never merged")
    void specialEventsAreNotMerged() {
        dom0.ok("WATCH", "@releaseDomain", "t");
        dom0.events();
        Client toolstack = socket();
        for (int domid = 3; domid < 5; domid++) {
            hypervisor.create(domid);
            toolstack.ok("INTRODUCE", Integer.toString(domid), "1", "1");
            toolstack.ok("RELEASE", Integer.toString(domid));
        }
        assertThat(dom0.events()).containsExactly("@releaseDomain t", "@releaseDomain t");
    }

    @Test
    @DisplayName("S-LOSS-2: a guest's events are dropped after 20 s, unless a part is already sent")
    void oldEventsAreDropped() {
        Guest guest = guest(3);
        guest.ok("WATCH", "a", "t");
        guest.ok("WATCH", "b", "t");
        guest.events();
        dom0.ok("WRITE", "/local/domain/3/a", "1");
        dom0.ok("WRITE", "/local/domain/3/b", "1");
        guest.readBytes(3);
        assertThat(engine.nextDeadline()).isEqualTo(now + 20_000);
        pass(19_999);
        dom0.ok("WRITE", "/local/domain/3/b/c", "1");
        pass(1);
        assertThat(engine.nextDeadline()).isBetween(now + 19_999, now + 20_999);
        assertThat(guest.events()).containsExactly("a t", "b/c t");
        assertThat(trace.notes).anyMatch(note -> note.contains("timed out"));
    }

    @Test
    @DisplayName("S-LOSS-2: sockets have no timeout")
    void socketsEventsStay() {
        watchAsDom0(dom0, "/a");
        socket().ok("WRITE", "/a", "1");
        pass(1_000_000);
        assertThat(dom0.events()).containsExactly("/a t");
        assertThat(engine.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    @DisplayName("S-WRL-1, S-WRL-2, S-WRL-6: while a transaction is open a guest that writes much has to wait")
    void aGuestThatWritesMuchHasToWait() {
        Guest guest = guest(3);
        Guest other = guest(4);
        for (int i = 0; i < 50; i++) {
            guest.ok("WRITE", "a", "1");
        }
        assertThat(guest.isAdmitted(MessageType.WRITE))
                .as("nobody is disturbed")
                .isTrue();
        dom0.begin();
        for (int i = 0; i < 15; i++) {
            guest.ok("WRITE", "a", "1");
        }
        assertThat(guest.isAdmitted(MessageType.READ)).isFalse();
        assertThat(other.isAdmitted(MessageType.READ)).isTrue();
        long deadline = engine.nextDeadline();
        assertThat(deadline).isGreaterThan(now).isLessThanOrEqualTo(now + 50);
        pass(deadline - now);
        assertThat(guest.resumed).isEqualTo(1);
        assertThat(guest.isAdmitted(MessageType.READ)).isTrue();
    }

    @Test
    @DisplayName("S-WRL-6: if more domains came while it waited, it waits longer, not for ever")
    void aLongerWaitEndsToo() {
        Guest guest = guest(3);
        dom0.begin();
        for (int i = 0; i < 15; i++) {
            guest.ok("WRITE", "a", "1");
        }
        assertThat(guest.isAdmitted(MessageType.READ)).isFalse();
        dom0.in(0);
        for (int domid = 10; domid < 20; domid++) {
            guest(domid);
        }
        for (int i = 0; i < 5 && guest.resumed == 0; i++) {
            assertThat(engine.nextDeadline()).as("somebody looks again").isNotEqualTo(Long.MAX_VALUE);
            pass(Math.max(0, engine.nextDeadline() - now));
        }
        assertThat(guest.resumed).isEqualTo(1);
    }

    @Test
    @DisplayName("S-WRL-1: sockets never pay")
    void socketsNeverPay() {
        socket().begin();
        for (int i = 0; i < 100; i++) {
            dom0.ok("WRITE", "/a", "1");
        }
        assertThat(engine.admits(dom0.connection(), MessageType.WRITE.number())).isTrue();
    }

    @Test
    void aSocketThatLeavesTooMuchUnreadIsCutOff() {
        var world = new SmallQueues();
        world.fill();
        assertThat(world.lazy.cutOff).contains("socket queue limit");
        assertThat(world.dom0.cutOff).isEmpty();
    }

    private static final class SmallQueues extends EngineWorld {
        private final Client lazy = socket();

        SmallQueues() {
            super(
                    new EngineConfig(0, 0, Quotas.DEFAULTS, 20, false, 1000, EngineConfig.DEFAULT_EVENTS_AT_ONCE),
                    new FakeDomainStates());
        }

        void fill() {
            lazy.ok("WATCH", "/", "t");
            for (int i = 0; i < 100; i++) {
                dom0.ok("WRITE", "/n" + i, "1");
            }
        }
    }

    @Test
    void aQueueIsWokenOnceUntilItIsEmpty() {
        int before = dom0.woken;
        dom0.send("READ", "/");
        dom0.send("READ", "/");
        assertThat(dom0.woken).isEqualTo(before + 1);
        dom0.drain();
        dom0.send("READ", "/");
        assertThat(dom0.woken).isEqualTo(before + 2);
        assertThat(List.of(dom0.connection().output().bytes())).containsExactly(16L);
    }
}
