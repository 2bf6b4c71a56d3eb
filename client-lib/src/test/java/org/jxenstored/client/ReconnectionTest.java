package org.jxenstored.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.jxenstored.client.Background.failure;
import static org.jxenstored.client.Background.result;
import static org.jxenstored.client.Background.run;
import static org.jxenstored.protocol.MessageType.*;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.Value;

/** What becomes of requests and of the client when the server goes and comes back. */
class ReconnectionTest {
    private ReconnectingServer server;
    private XenstoreClient client;

    @BeforeEach
    void connect() throws Exception {
        server = new ReconnectingServer(ReconnectingServer.FOR_A_MINUTE);
        client = server.client;
    }

    @AfterEach
    void end() throws Exception {
        server.close();
    }

    @Test
    void requestsMadeMeanwhileGoOutOnTheNextConnectionInTheirOrder() throws Exception {
        server.die();
        var write = client.async().write("/a", "1");
        var remove = client.async().remove("/b");
        assertThat(client.isOpen()).isTrue();
        server.comeBack();
        server.wire.serve(WRITE, "/a|1", "OK|");
        server.wire.serve(RM, "/b|", "OK|");
        result(write);
        result(remove);
        server.roundTrip();
        await().until(() -> server.heard.equals(List.of("lost", "back")));
    }

    @Test
    void aWriteThatMayHaveBeenDoneIsNeverSentAgain() throws Exception {
        var write = client.async().write("/a", "1");
        server.wire.expect(WRITE, "/a|1");
        server.die();
        OutcomeUnknownException unknown = failure(write, OutcomeUnknownException.class);
        assertThat(unknown.mayHaveBeenExecuted()).isTrue();
        assertThat(unknown).hasMessageContaining("WRITE /a").hasMessageContaining("may have done it or not");
        server.comeBack();
        server.roundTrip();
    }

    @Test
    void whateverChangesTheStoreIsNeverSentAgain() throws Exception {
        List<FutureTask<?>> changes = List.of(
                run(() -> client.mkdir("/d")),
                run(() -> client.remove("/d")),
                run(() -> client.setPermissions("/d", List.of())),
                run(() -> client.introduce(1, 2, 3)),
                run(() -> client.release(1)),
                run(() -> client.resume(1)),
                run(() -> client.setTarget(1, 2)),
                run(() -> client.setFeatures(1, 1)),
                run(() -> client.setQuota("q", 1)),
                run(() -> client.control("check")));
        for (int i = 0; i < changes.size(); i++) {
            server.wire.next();
        }
        server.die();
        for (FutureTask<?> change : changes) {
            failure(change, OutcomeUnknownException.class);
        }
        server.comeBack();
        server.roundTrip();
    }

    @Test
    void readsAreRepeatedBeforeNewerRequests() throws Exception {
        var read = client.async().read("/a");
        var directory = client.async().directory("/d");
        server.wire.expect(READ, "/a|");
        server.wire.expect(DIRECTORY, "/d|");
        server.die();
        var write = client.async().write("/a", "1");
        server.comeBack();
        server.wire.serve(READ, "/a|", "0");
        server.wire.serve(DIRECTORY, "/d|", "x|");
        server.wire.serve(WRITE, "/a|1", "OK|");
        assertThat(result(read)).isEqualTo(Value.of("0"));
        assertThat(result(directory)).containsExactly("x");
        result(write);
    }

    @Test
    void aReadThatEndsTheServerEachTimeIsRepeatedThreeTimesOnly() throws Exception {
        var read = client.async().read("/deadly");
        for (int i = 0; i < 4; i++) {
            server.wire.expect(READ, "/deadly|");
            server.die();
            server.comeBack();
        }
        failure(read, OutcomeUnknownException.class);
        server.roundTrip();
    }

    @Test
    void partsOfADirectoryFromTwoServersAreNotMixed() throws Exception {
        var names = client.async().directory("/d");
        server.wire.refuse(DIRECTORY, "/d|", Errno.E2BIG);
        server.wire.serve(DIRECTORY_PART, "/d|0|", "7|old|");
        server.wire.expect(DIRECTORY_PART, "/d|4|");
        server.die();
        server.comeBack();
        server.wire.serve(DIRECTORY_PART, "/d|4|", "7|x||");
        server.wire.serve(DIRECTORY_PART, "/d|0|", "7|new|x||");
        assertThat(result(names)).containsExactly("new", "x");
    }

    @Test
    void closingEndsTheWaitingAtOnce() throws Exception {
        server.die();
        var read = client.async().read("/a");
        var write = run(() -> client.write("/a", "1"));
        client.close();
        assertThat(failure(read, ConnectionLostException.class).reason()).contains("closed");
        assertThat(failure(write, ConnectionLostException.class).mayHaveBeenExecuted())
                .isFalse();
        assertThat(client.isOpen()).isFalse();
        server.wire.comeBack();
        server.pace.letPass(1);
        assertThat(server.heard).containsExactly("lost");
    }

    @Test
    void closingEndsAnAttemptThatHangs() throws Exception {
        server.die();
        var read = client.async().read("/a");
        server.wire.comeBack();
        server.pace.letPass(1);
        server.wire.expect(GET_DOMAIN_PATH, "0|");
        client.close();
        failure(read, ConnectionLostException.class);
        assertThatThrownBy(server.wire::next).hasMessageContaining("went away");
    }

    @Test
    void afterThePatienceTheClientGivesUp() throws Exception {
        WatchQueue queue = client.watchQueue();
        server.die();
        var write = client.async().write("/a", "1");
        server.pace.letPass(100_000);
        ConnectionLostException lost = failure(write, ConnectionLostException.class);
        assertThat(lost.mayHaveBeenExecuted()).isFalse();
        assertThat(lost.reason()).contains("did not come back within PT1M", "cannot connect");
        assertThat(queue.take()).isInstanceOf(Notification.ConnectionBroken.class);
        assertThat(client.isOpen()).isFalse();
        await().until(() -> server.heard.equals(List.of("lost", "gave up: " + lost.reason())));
        Duration all = server.pace.pauses.stream().reduce(Duration.ZERO, Duration::plus);
        assertThat(all).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void pausesGrowUpToTheirBound() throws Exception {
        server.die();
        server.pace.letPass(100_000);
        await().until(() -> !client.isOpen());
        List<Duration> pauses = server.pace.pauses;
        long full = 10;
        for (Duration pause : pauses.subList(0, pauses.size() - 1)) {
            assertThat(pause).isBetween(Duration.ofMillis(full).dividedBy(2), Duration.ofMillis(full));
            full = Math.min(100, full * 2);
        }
        assertThat(full).isEqualTo(100);
    }

    @Test
    void aServerThatClosesConnectionsSoonGetsTheGrownPauses() throws Exception {
        for (int i = 0; i < 5; i++) {
            server.die();
            server.comeBack();
            server.roundTrip();
        }
        server.pace.passes(Duration.ofSeconds(1));
        server.die();
        assertThat(server.pace.pauses.get(4)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
        assertThat(server.pace.pauses.get(5)).isLessThanOrEqualTo(Duration.ofMillis(10));
    }

    @Test
    void anAttemptThatFailsHalfWayIsFollowedByAnother() throws Exception {
        server.die();
        var write = client.async().write("/a", "1");
        server.wire.comeBack();
        server.pace.letPass(1);
        server.wire.expect(GET_DOMAIN_PATH, "0|");
        server.wire.hangUp();
        server.pace.awaitPause();
        server.pace.letPass(1);
        server.greet();
        server.wire.serve(WRITE, "/a|1", "OK|");
        result(write);
    }

    @Test
    void aServerThatTakesConnectionsButDoesNotAnswerIsGivenUp() throws Exception {
        Reconnection impatient = ReconnectingServer.FOR_A_MINUTE.withPatience(Duration.ofMillis(1));
        try (ReconnectingServer hanging = new ReconnectingServer(impatient)) {
            hanging.die();
            var write = hanging.client.async().write("/a", "1");
            hanging.wire.comeBack();
            hanging.pace.letPass(1);
            hanging.wire.expect(GET_DOMAIN_PATH, "0|");
            assertThat(failure(write, ConnectionLostException.class).reason()).contains("does not answer");
            assertThatThrownBy(hanging.wire::next).hasMessageContaining("went away");
        }
    }

    @Test
    void ofSeveralPlacesTheOneThatWasFoundStays() throws Exception {
        HeldPace pace = new HeldPace();
        try (SocketServer wire = new SocketServer();
                SocketServer another = new SocketServer()) {
            Endpoint places = new Endpoint.FirstOf(List.of(wire.endpoint(), another.endpoint()));
            try (XenstoreClient other = Connector.connect(places, ReconnectingServer.FOR_A_MINUTE, pace)) {
                var first = other.async().read("/a");
                wire.serve(READ, "/a|", "");
                result(first);
                wire.die();
                pace.awaitPause();
                pace.letPass(1);
                // It would be connected to the other one now.
                pace.awaitPause();
                wire.comeBack();
                pace.letPass(1);
                wire.serve(GET_DOMAIN_PATH, "0|", "/local/domain/0|");
            }
        }
    }

    @Test
    void manyRequestsMeanwhileMakeTheirThreadsWaitUntilTheyGoOut() throws Exception {
        server.die();
        Value value = Value.copyOf(new byte[4000]);
        List<CompletableFuture<Void>> waiting = new CopyOnWriteArrayList<>();
        var sender = run(() -> {
            for (int i = 0; i < 40; i++) {
                waiting.add(client.async().write("/" + i, value));
            }
        });
        // More do not fit into 64 KiB.
        await().until(() -> waiting.size() == 16);
        var interrupted = run(() -> {
            Thread.currentThread().interrupt();
            client.write("/late", value);
        });
        assertThat(failure(interrupted, ConnectionLostException.class)).hasMessageContaining("interrupted");
        assertThat(waiting).hasSize(16);
        server.comeBack();
        for (int i = 0; i < 40; i++) {
            Message request = server.wire.next();
            assertThat(request.payload().text()).startsWith("/" + i + "\0");
            server.wire.reply(request, "OK|");
        }
        result(sender);
        for (CompletableFuture<Void> write : waiting) {
            result(write);
        }
    }

    @Test
    void aServerThatBreaksTheProtocolIsNotAskedAgain() throws Exception {
        var read = client.async().read("/a");
        Message request = server.wire.next();
        server.wire.send(Message.of(DIRECTORY, request.requestId(), 0, Value.EMPTY));
        failure(read, ConnectionLostException.class);
        assertThatThrownBy(() -> client.write("/a", "1")).isInstanceOf(ConnectionLostException.class);
        assertThat(client.isOpen()).isFalse();
        assertThat(server.pace.pauses).isEmpty();
    }

    @Test
    void aServerThatNeverAnsweredIsNotAskedAgain() throws Exception {
        try (SocketServer unwilling = new SocketServer();
                XenstoreClient refused = XenstoreClient.connect(unwilling.endpoint())) {
            var read = refused.async().read("/a");
            unwilling.next();
            unwilling.hangUp();
            failure(read, ConnectionLostException.class);
            assertThatThrownBy(() -> refused.read("/a")).isInstanceOf(ConnectionLostException.class);
        }
    }

    @Test
    void aListenerThatThrowsCostsNothing() throws Exception {
        ReconnectionListener bad = new ReconnectionListener() {
            @Override
            public void lost(ConnectionLostException reason, Instant at) {
                Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {});
                throw new IllegalStateException("a bug");
            }
        };
        HeldPace pace = new HeldPace();
        try (SocketServer wire = new SocketServer();
                XenstoreClient other =
                        Connector.connect(wire.endpoint(), ReconnectingServer.FOR_A_MINUTE.withListener(bad), pace)) {
            var first = other.async().read("/a");
            wire.serve(READ, "/a|", "");
            result(first);
            wire.hangUp();
            pace.letPass(1);
            wire.serve(GET_DOMAIN_PATH, "0|", "/local/domain/0|");
            var second = other.async().read("/b");
            wire.serve(READ, "/b|", "");
            result(second);
        }
    }

    @Test
    void aDefectOfTheReconnectionLeavesNobodyWaiting() throws Exception {
        Pace broken = new Pace() {
            @Override
            public Instant now() {
                return Instant.EPOCH;
            }

            @Override
            public long nanoTime() {
                return 0;
            }

            @Override
            public void pause(Duration duration) {
                Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {});
                throw new IllegalStateException("a bug");
            }
        };
        try (SocketServer wire = new SocketServer();
                XenstoreClient other = Connector.connect(wire.endpoint(), ReconnectingServer.FOR_A_MINUTE, broken)) {
            var first = other.async().read("/a");
            wire.serve(READ, "/a|", "");
            result(first);
            wire.hangUp();
            var second = other.async().read("/b");
            assertThat(failure(second, ConnectionLostException.class).reason()).contains("a bug");
        }
    }

    @Test
    void impossibleDurationsAreRefused() {
        Reconnection standard = Reconnection.standard();
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> standard.withPauses(Duration.ZERO, second))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> standard.withPauses(second, Duration.ofMillis(999)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> standard.withPauses(second, Duration.ofDays(2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> standard.withPatience(second.negated())).isInstanceOf(IllegalArgumentException.class);
    }
}
