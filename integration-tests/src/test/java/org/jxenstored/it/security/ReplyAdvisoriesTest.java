package org.jxenstored.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.client.Notification;
import org.jxenstored.client.WatchQueue;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.it.life.AdvisoryTest;
import org.jxenstored.it.life.HostileGuest;
import org.jxenstored.it.life.Machine;
import org.jxenstored.it.life.OnEveryMachine;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.store.Node;

/** Replies and events that are too long, too many, or not read. */
@OnEveryMachine
final class ReplyAdvisoriesTest extends AdvisoryTest {
    ReplyAdvisoriesTest(Machine machine) {
        super(machine);
    }

    /** A directory everybody may read, with so many children whose names have 63 bytes and a NUL. */
    private void makeDirectory(String path, int children) {
        toolstack().mkdir(path);
        toolstack().setPermissions(path, new Permission(Access.READ, 0));
        for (int i = 0; i < children; i++) {
            toolstack().mkdir(path + "/" + (1000 + i) + HostileGuest.text(59));
        }
    }

    // A reply longer than a message may be went out as it was, and the client and the daemon lost each other.
    @Test
    @DisplayName("XSA-72: a reply of 4096 bytes is sent, a longer one is an error, and can be had in pieces")
    void aReplyTooLongToSend() throws Exception {
        makeDirectory("/full", 64);
        makeDirectory("/over", 65);
        HostileGuest guest = hostile();
        assertThat(guest.ask(MessageType.DIRECTORY, "/full")).hasSize(Limits.PAYLOAD_MAX - 1);
        assertThat(guest.ask(MessageType.DIRECTORY, "/over")).isEqualTo("E2BIG");
        int transaction = guest.begin();
        assertThat(guest.ask(transaction, MessageType.DIRECTORY, "/over")).isEqualTo("E2BIG");
        assertThat(guest.abort(transaction)).isEqualTo("OK");
        StringBuilder all = new StringBuilder();
        for (String part = "more\0"; !part.endsWith("\0") || all.isEmpty(); ) {
            String reply = guest.ask(MessageType.DIRECTORY_PART, "/over", Integer.toString(all.length()));
            part = reply.substring(reply.indexOf('\0') + 1);
            all.append(part.endsWith("\0") ? part : part + '\0');
        }
        assertThat(all.toString().split("\0")).hasSize(65).doesNotHaveDuplicates();
        assertThat(guest.error()).isEqualTo(RingPage.ERROR_NONE);
    }

    // Path and token of a watch fit a message each, but not together with what comes below the path: the event was
    // written all the same, or ended the daemon.
    @Test
    @DisplayName("XSA-324: an event that fits no message is not sent, and nothing else happens")
    void anEventTooLongToSend() throws Exception {
        HostileGuest guest = hostile();
        String data = home(guest, "data");
        String token = HostileGuest.text(Limits.PAYLOAD_MAX - data.length() - 2);
        assertThat(guest.ask(MessageType.WATCH, data, token)).isEqualTo("OK");
        assertThat(guest.events()).containsExactly(data + " " + token);
        assertThat(guest.write("data/" + HostileGuest.text(1000), "x")).isEqualTo("OK");
        assertThat(guest.write("data/x", "x")).isEqualTo("OK");
        assertThat(guest.ask(MessageType.RM, "data/x")).isEqualTo("OK");
        assertThat(guest.events()).isEmpty();
        assertThat(guest.write("data", "x")).isEqualTo("OK");
        assertThat(guest.events()).containsExactly(data + " " + token);
        assertThat(guest.ask(MessageType.UNWATCH, data, token)).isEqualTo("OK");
        assertThat(guest.error()).isEqualTo(RingPage.ERROR_NONE);
        othersAreServed();
    }

    // What a request had needed while it was served was given back only when the guest had read its reply: who did not
    // read kept all of it.
    @Test
    @DisplayName("XSA-416: an unread reply keeps its own bytes, and nothing of the store it was made from")
    void anUnreadReplyKeepsNothingElse() throws Exception {
        makeDirectory("/wide", 500);
        HostileGuest guest = hostile();
        long before = counted(guest, QuotaName.MEMORY);
        int taken = guest.flood(MessageType.DIRECTORY_PART, Arguments.join("/wide", "0"), 200);
        assertThat(taken).isLessThan(200);
        assertThat(counted(guest, QuotaName.OUTSTANDING)).isBetween(4L, 20L);
        assertThat(counted(guest, QuotaName.MEMORY) - before).isLessThanOrEqualTo(20 * (16 + Limits.PAYLOAD_MAX));
        WeakReference<Node> child =
                new WeakReference<>(engine().store().tree().find(StorePath.of("/wide/1007" + HostileGuest.text(59))));
        assertThat(child.get()).isNotNull();
        toolstack().remove("/wide");
        for (int i = 0; i < 50 && child.get() != null; i++) {
            System.gc();
        }
        assertThat(child.get()).as("a node that was removed").isNull();
        guest.takeAll();
        assertThat(counted(guest, QuotaName.OUTSTANDING)).isZero();
    }

    // Backends queued an event for each change of a node of the frontend's, faster than they could work them off.
    @Test
    @DisplayName("XSA-349: a flood of changes costs a client of our library its queue's capacity and one notification")
    void aFloodOfEventsAtTheClient() throws Exception {
        HostileGuest guest = hostile();
        String data = home(guest, "data");
        try (WatchQueue queue = toolstack().watchQueue(16)) {
            var _ = queue.watch(data);
            assertThat(queue.take()).isInstanceOf(Notification.Event.class);
            for (int i = 0; i < 300; i++) {
                assertThat(guest.write("data/" + i, "x")).isEqualTo("OK");
            }
            rest();
            assertThat(toolstack().readText(data + "/299"))
                    .as("replies do not wait")
                    .isEqualTo("x");
            List<Notification> all = new ArrayList<>();
            for (Optional<Notification> next = queue.poll(); next.isPresent(); next = queue.poll()) {
                all.add(next.get());
            }
            assertThat(all).hasSizeLessThanOrEqualTo(17);
            assertThat(all)
                    .filteredOn(each -> each instanceof Notification.Lost)
                    .hasSize(1);
            assertThat(guest.write("data/again", "x")).isEqualTo("OK");
            rest();
            assertThat(queue.poll().orElseThrow())
                    .isInstanceOfSatisfying(
                            Notification.Event.class,
                            event -> assertThat(event.path()).isEqualTo(data + "/again"));
        }
    }
}
