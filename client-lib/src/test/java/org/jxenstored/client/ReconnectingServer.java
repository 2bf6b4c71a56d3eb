package org.jxenstored.client;

import static org.jxenstored.client.Background.result;
import static org.jxenstored.client.Background.run;
import static org.jxenstored.protocol.MessageType.*;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that dies and comes back as its test says, with a client that reconnects when its test lets it. */
final class ReconnectingServer implements AutoCloseable {
    static final Reconnection FOR_A_MINUTE = Reconnection.standard()
            .withPauses(Duration.ofMillis(10), Duration.ofMillis(100))
            .withPatience(Duration.ofMinutes(1));

    final SocketServer wire = new SocketServer();
    final HeldPace pace = new HeldPace();
    final List<String> heard = new CopyOnWriteArrayList<>();
    final XenstoreClient client;

    ReconnectingServer(Reconnection reconnection) throws Exception {
        client = Connector.connect(wire.endpoint(), reconnection.withListener(listener()), pace);
        // Who was never answered does not reconnect.
        var first = client.async().read("/first");
        wire.serve(READ, "/first|", "");
        result(first);
    }

    private ReconnectionListener listener() {
        return new ReconnectionListener() {
            @Override
            public void lost(ConnectionLostException reason, Instant at) {
                heard.add("lost");
            }

            @Override
            public void back(Gap gap) {
                heard.add("back");
            }

            @Override
            public void gaveUp(ConnectionLostException reason) {
                heard.add("gave up: " + reason.reason());
            }
        };
    }

    /** The server dies; the client has noticed. */
    void die() throws Exception {
        wire.die();
        pace.awaitPause();
    }

    /** The server is there again, and the client has connected. */
    void comeBack() throws Exception {
        wire.comeBack();
        pace.letPass(1);
        greet();
    }

    void greet() throws Exception {
        wire.serve(GET_DOMAIN_PATH, "0|", "/local/domain/0|");
    }

    /** All that was sent before is taken in once this is answered. */
    void roundTrip() throws Exception {
        var read = client.async().read("/sync");
        wire.serve(READ, "/sync|", "");
        result(read);
    }

    Watch register(WatchQueue queue, String path, String token) throws Exception {
        Callable<Watch> call = () -> queue.watchWithToken(path, token);
        var watch = run(call);
        wire.serve(WATCH, path + "|" + token + "|", "OK|");
        return result(watch);
    }

    Transaction start(int id) throws Exception {
        var start = run(client::transaction);
        wire.serve(TRANSACTION_START, "|", id + "|");
        return result(start);
    }

    @Override
    public void close() throws IOException {
        client.close();
        wire.close();
    }
}
