package org.jxenstored.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jxenstored.client.Background.failure;
import static org.jxenstored.client.Background.result;
import static org.jxenstored.client.Background.run;
import static org.jxenstored.protocol.MessageType.*;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.Value;

class WatchTest {
    private SocketServer server;
    private XenstoreClient client;

    @BeforeEach
    void connect() throws Exception {
        server = new SocketServer();
        client = server.connect();
    }

    @AfterEach
    void end() throws Exception {
        client.close();
        server.close();
    }

    private Watch register(WatchQueue queue, String path, String token) throws Exception {
        Callable<Watch> call = () -> queue.watchWithToken(path, token);
        var watch = run(call);
        server.serve(WATCH, path + "|" + token + "|", "OK|");
        return result(watch);
    }

    /** All that was sent before is taken in once this is answered. */
    private void roundTrip() throws Exception {
        var read = client.async().read("/sync");
        server.serve(READ, "/sync|", "");
        result(read);
    }

    private static List<Notification> drain(WatchQueue queue) {
        List<Notification> all = new ArrayList<>();
        for (var next = queue.poll(); next.isPresent(); next = queue.poll()) {
            all.add(next.get());
        }
        return all;
    }

    @Test
    @DisplayName("C-LIB-25: the first event comes right behind the reply and is not missed")
    void theFirstEventIsSeen() throws Exception {
        var queue = run(() -> client.watch("/w"));
        var request = server.next();
        String token = request.payload().text().split("\0", -1)[1];
        server.reply(request, "OK|");
        server.event("/w", token);
        Notification first = result(queue).take();
        assertThat(first).isInstanceOf(Notification.Event.class);
        assertThat(((Notification.Event) first).path()).isEqualTo("/w");
        assertThat(((Notification.Event) first).watch().token()).isEqualTo(token);
    }

    @Test
    @DisplayName("P-WATCH-1: a depth is the third argument")
    void aDepthIsSent() throws Exception {
        WatchQueue queue = client.watchQueue();
        var watch = run(() -> queue.watchWithToken("/w", "t", 0));
        server.serve(WATCH, "/w|t|0|", "OK|");
        assertThat(result(watch).path()).isEqualTo("/w");
        assertThatThrownBy(() -> queue.watch("/w", -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("C-LIB-26: tokens come back byte for byte")
    void tokensAreBytes() throws Exception {
        WatchQueue queue = client.watchQueue();
        Watch watch = register(queue, "/w", "\u00ff\u0001 x");
        server.event("/w", "\u00ff\u0001 x");
        assertThat(queue.take()).isEqualTo(new Notification.Event(watch, "/w"));
        assertThatThrownBy(() -> queue.watchWithToken("/w", "\u0100")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> queue.watchWithToken("/w", "a\0b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEventThatEqualsAQueuedOneIsMerged() throws Exception {
        WatchQueue queue = client.watchQueue();
        Watch watch = register(queue, "/w", "t");
        for (String path : List.of("/w", "/w/a", "/w", "/w/a")) {
            server.event(path, "t");
        }
        roundTrip();
        assertThat(drain(queue))
                .containsExactly(new Notification.Event(watch, "/w"), new Notification.Event(watch, "/w/a"));
        server.event("/w", "t");
        assertThat(queue.take()).isEqualTo(new Notification.Event(watch, "/w"));
    }

    @Test
    @DisplayName("XSA-349: a flood nobody reads stays within the capacity and does not delay replies")
    void aFloodBecomesOneNotice() throws Exception {
        WatchQueue queue = client.watchQueue(4);
        Watch quiet = register(queue, "/quiet", "q");
        Watch loud = register(queue, "/loud", "l");
        server.event("/quiet", "q");
        for (int i = 0; i < 10_000; i++) {
            server.event("/loud/" + i, "l");
        }
        server.event("/quiet/x", "q");
        roundTrip();
        assertThat(drain(queue))
                .containsExactly(
                        new Notification.Event(quiet, "/quiet"),
                        new Notification.Lost(loud),
                        new Notification.Event(quiet, "/quiet/x"));

        server.event("/loud/again", "l");
        assertThat(queue.take()).isEqualTo(new Notification.Event(loud, "/loud/again"));
    }

    @Test
    void aQueueFullOfOthersEventsStillTellsOfTheLoss() throws Exception {
        WatchQueue queue = client.watchQueue(1);
        Watch first = register(queue, "/1", "1");
        Watch second = register(queue, "/2", "2");
        server.event("/1", "1");
        server.event("/2", "2");
        server.event("/2/x", "2");
        server.event("/1", "1");
        roundTrip();
        assertThat(drain(queue)).containsExactly(new Notification.Event(first, "/1"), new Notification.Lost(second));
    }

    @Test
    @DisplayName("C-LIB-24, P-UNW-5: nothing comes after unwatch, neither queued nor late events")
    void nothingComesAfterUnwatch() throws Exception {
        WatchQueue queue = client.watchQueue();
        Watch ended = register(queue, "/w", "t");
        Watch kept = register(queue, "/w/below", "t");
        server.event("/w/a", "t");
        roundTrip();
        ended.close();
        ended.close();
        server.event("/w/late", "t");
        server.event("/w/below", "t");
        server.serve(UNWATCH, "/w|t|", "OK|");
        server.event("/w/later", "t");
        roundTrip();
        assertThat(drain(queue)).containsExactly(new Notification.Event(kept, "/w/below"));
    }

    @Test
    void anOverflowThatWasNotReadYetEndsWithItsWatch() throws Exception {
        WatchQueue queue = client.watchQueue(1);
        Watch watch = register(queue, "/w", "t");
        server.event("/w/1", "t");
        server.event("/w/2", "t");
        roundTrip();
        watch.close();
        server.serve(UNWATCH, "/w|t|", "OK|");
        assertThat(queue.poll()).isEmpty();
    }

    @Test
    @DisplayName("S-MATCH-1, S-SPEC-3: an event goes to the watches of its token that cover its path")
    void eventsGoToTheWatchesTheyAreFor() throws Exception {
        WatchQueue absolute = client.watchQueue();
        WatchQueue relative = client.watchQueue();
        WatchQueue special = client.watchQueue();
        Watch root = register(absolute, "/", "t");
        Watch home = register(relative, "device", "t");
        Watch release = register(special, "@releaseDomain", "t");
        for (String path : List.of("/a/b", "device/vif", "devices", "@releaseDomain", "@releaseDomain/7")) {
            server.event(path, "t");
        }
        server.event("/a/b", "unknown");
        roundTrip();
        assertThat(drain(absolute)).containsExactly(new Notification.Event(root, "/a/b"));
        assertThat(drain(relative)).containsExactly(new Notification.Event(home, "device/vif"));
        assertThat(drain(special))
                .containsExactly(
                        new Notification.Event(release, "@releaseDomain"),
                        new Notification.Event(release, "@releaseDomain/7"));
    }

    @Test
    void aWatchThatIsRefusedLeavesNothingBehind() throws Exception {
        WatchQueue queue = client.watchQueue();
        Watch first = register(queue, "/w", "t");
        var second = run(() -> queue.watchWithToken("/w", "t"));
        server.refuse(WATCH, "/w|t|", Errno.EEXIST);
        failure(second, AlreadyExistsException.class);
        server.event("/w", "t");
        roundTrip();
        assertThat(drain(queue)).containsExactly(new Notification.Event(first, "/w"));
    }

    @Test
    @DisplayName("C-LIB-23: when the connection is lost, waiting readers wake up, after what was queued")
    void theEndOfTheConnectionIsTold() throws Exception {
        WatchQueue queue = client.watchQueue();
        Watch watch = register(queue, "/w", "t");
        server.event("/w", "t");
        assertThat(queue.take()).isEqualTo(new Notification.Event(watch, "/w"));
        var waiting = run(queue::take);
        server.hangUp();
        assertThat(result(waiting)).isInstanceOf(Notification.ConnectionBroken.class);
        assertThat(queue.take()).isInstanceOf(Notification.ConnectionBroken.class);
        assertThat(client.watchQueue().take()).isInstanceOf(Notification.ConnectionBroken.class);
        watch.close();
    }

    @Test
    void closingAQueueEndsItsWatchesAndWakesItsReaders() throws Exception {
        WatchQueue queue = client.watchQueue();
        register(queue, "/w", "t");
        var waiting = run(queue::take);
        queue.close();
        server.serve(UNWATCH, "/w|t|", "OK|");
        assertThat(result(waiting)).isEqualTo(new Notification.Closed());
        assertThatThrownBy(() -> queue.watch("/w")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aResetEndsAllWatchesAtOnce() throws Exception {
        WatchQueue queue = client.watchQueue();
        Watch watch = register(queue, "/w", "t");
        server.event("/w", "t");
        var reset = run(client::resetWatches);
        server.serve(RESET_WATCHES, "|", "OK|");
        result(reset);
        server.event("/w", "t");
        watch.close();
        roundTrip();
        assertThat(queue.poll(Duration.ZERO)).isEmpty();
    }

    @Test
    void aWatchRegisteredBehindAResetStays() throws Exception {
        WatchQueue queue = client.watchQueue();
        register(queue, "/w", "old");
        var reset = run(client::resetWatches);
        Message held = server.expect(RESET_WATCHES, "|");
        Callable<Watch> call = () -> queue.watchWithToken("/w", "new");
        var watch = run(call);
        Message registration = server.expect(WATCH, "/w|new|");
        server.reply(held, "OK|");
        server.reply(registration, "OK|");
        result(reset);
        server.event("/w", "old");
        server.event("/w", "new");
        assertThat(queue.take()).isEqualTo(new Notification.Event(result(watch), "/w"));
    }

    @Test
    void resetsAndRegistrationsOfManyThreadsLeaveWhatTheServerHas() throws Exception {
        WatchQueue queue = client.watchQueue();
        int rounds = 200;
        List<FutureTask<Boolean>> threads = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            String token = "t" + i;
            threads.add(run(() -> queue.watchWithToken("/w", token).path().isEmpty()));
            threads.add(run(client::resetWatches));
        }
        Set<String> atTheServer = new HashSet<>();
        for (int i = 0; i < 2 * rounds; i++) {
            Message request = server.next();
            if (request.isOfType(RESET_WATCHES)) {
                atTheServer.clear();
            } else {
                atTheServer.add(request.payload().text().split("\0", -1)[1]);
            }
            server.reply(request, "OK|");
        }
        for (FutureTask<Boolean> thread : threads) {
            result(thread);
        }
        for (int i = 0; i < rounds; i++) {
            server.event("/w", "t" + i);
        }
        roundTrip();
        assertThat(drain(queue))
                .extracting(each -> ((Notification.Event) each).watch().token())
                .containsExactlyInAnyOrderElementsOf(atTheServer);
    }

    @Test
    void aRegistrationNobodyWaitsForAnyMoreIsTakenBack() throws Exception {
        WatchQueue queue = client.watchQueue();
        var watch = run(() -> {
            Thread.currentThread().interrupt();
            queue.watchWithToken("/w", "t");
        });
        Message request = server.expect(WATCH, "/w|t|");
        server.expect(UNWATCH, "/w|t|");
        server.reply(request, "OK|");
        failure(watch, InterruptedRequestException.class);
        assertThat(queue.poll()).isEmpty();
    }

    @Test
    void anEventThatIsNoneIsIgnored() throws Exception {
        WatchQueue queue = client.watchQueue();
        register(queue, "/w", "t");
        server.send(Message.event(Value.of("/w")));
        roundTrip();
        assertThat(queue.poll()).isEmpty();
    }
}
