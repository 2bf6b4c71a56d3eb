package org.jxenstored.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jxenstored.client.Background.result;
import static org.jxenstored.client.Background.run;
import static org.jxenstored.protocol.MessageType.*;

import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Errno;

/** Watches over a reconnection. */
class RestoredWatchesTest {
    private ReconnectingServer server;
    private XenstoreClient client;
    private WatchQueue queue;

    @BeforeEach
    void connect() throws Exception {
        server = new ReconnectingServer(ReconnectingServer.FOR_A_MINUTE);
        client = server.client;
        queue = client.watchQueue(2);
    }

    @AfterEach
    void end() throws Exception {
        server.close();
    }

    private void restore(String path, String token) throws Exception {
        server.wire.serve(WATCH, path + "|" + token + "|", "OK|");
        server.wire.event(path, token);
    }

    @Test
    @DisplayName("C-LIB-25: after a gap that is told, each watch is registered again and fires")
    void watchesAreRegisteredAgainAndTheGapIsTold() throws Exception {
        Watch first = server.register(queue, "/1", "a");
        Callable<Watch> withDepth = () -> queue.watchWithToken("/2", "b", 1);
        var second = run(withDepth);
        server.wire.serve(WATCH, "/2|b|1|", "OK|");
        result(second);

        server.die();
        var write = client.async().write("/x", "1");
        server.comeBack();
        restore("/1", "a");
        server.wire.serve(WATCH, "/2|b|1|", "OK|");
        server.wire.serve(WRITE, "/x|1", "OK|");
        result(write);

        assertThat(queue.take()).isInstanceOfSatisfying(Notification.Reconnected.class, reconnected -> {
            assertThat(reconnected.gap().lostAt()).isEqualTo(HeldPace.START);
            assertThat(reconnected.gap().backAt()).isEqualTo(HeldPace.START.plus(server.pace.pauses.getFirst()));
            assertThat(reconnected.gap().reason()).contains("the server closed the connection");
        });
        assertThat(queue.take()).isEqualTo(new Notification.Event(first, "/1"));
    }

    @Test
    void aWatchThatWasBeingRegisteredIsRegisteredOnce() throws Exception {
        Callable<Watch> call = () -> queue.watchWithToken("/w", "t");
        var watch = run(call);
        server.wire.expect(WATCH, "/w|t|");
        server.die();
        server.comeBack();
        restore("/w", "t");
        result(watch);
        server.roundTrip();
    }

    @Test
    void aWatchThatWasEndedMeanwhileStaysEnded() throws Exception {
        Watch watch = server.register(queue, "/w", "t");
        server.die();
        watch.close();
        Callable<Watch> call = () -> queue.watchWithToken("/w", "t");
        var next = run(call);
        server.comeBack();
        server.wire.refuse(UNWATCH, "/w|t|", Errno.ENOENT);
        restore("/w", "t");
        result(next);
        assertThat(queue.take()).isInstanceOf(Notification.Reconnected.class);
        assertThat(queue.take()).isEqualTo(new Notification.Event(result(next), "/w"));
    }

    @Test
    void aWatchThatTheServerRefusesNowIsTold() throws Exception {
        Watch watch = server.register(queue, "/w", "t");
        server.die();
        server.comeBack();
        server.wire.refuse(WATCH, "/w|t|", Errno.EACCES);
        server.roundTrip();
        assertThat(queue.take()).isInstanceOf(Notification.Reconnected.class);
        assertThat(queue.take()).isInstanceOfSatisfying(Notification.Refused.class, refused -> {
            assertThat(refused.watch()).isEqualTo(watch);
            assertThat(refused.reason()).isInstanceOf(AccessDeniedException.class);
        });
        server.die();
        server.comeBack();
        server.roundTrip();
    }

    @Test
    void aResetOnItsWayIsSentAgainBehindTheWatchesItEnds() throws Exception {
        server.register(queue, "/w", "t");
        var reset = run(client::resetWatches);
        server.wire.expect(RESET_WATCHES, "|");
        server.die();
        server.comeBack();
        restore("/w", "t");
        server.wire.serve(RESET_WATCHES, "|", "OK|");
        result(reset);
        server.die();
        server.comeBack();
        server.roundTrip();
    }

    @Test
    @DisplayName("XSA-349: however often the server goes, a queue that nobody reads keeps its bound")
    void gapsNobodyReadsAreOne() throws Exception {
        Watch watch = server.register(queue, "/w", "t");
        for (int i = 0; i < 20; i++) {
            server.die();
            server.comeBack();
            restore("/w", "t");
            server.wire.event("/w/" + i, "t");
            server.wire.event("/w/" + i + "/x", "t");
            server.roundTrip();
        }
        assertThat(queue.take()).isEqualTo(new Notification.Lost(watch));
        assertThat(queue.take()).isInstanceOfSatisfying(Notification.Reconnected.class, reconnected -> {
            assertThat(reconnected.gap().lostAt()).isEqualTo(HeldPace.START);
            assertThat(reconnected.gap().backAt()).isEqualTo(server.pace.now());
        });
        assertThat(queue.poll()).isEmpty();
    }
}
