package org.jxenstored.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.RingStream;

/** A guest on a processor of its own, which asks on while it is answered, and spares signals as Linux does. */
class BusyGuestTest extends ServerWorld {
    private static final int PORT = 1;
    private static final int END = -1;
    private static final int REQUESTS = 100_000;

    private final Guest guest = new Guest(3);
    private final Client dom0 = new Client();

    /** The guest's signals. */
    private final BlockingQueue<Integer> signals = new LinkedBlockingQueue<>();

    @Test
    @DisplayName("S-RING-4: who signals only a server that may sleep is answered, without another look now and then")
    void aGuestThatSparesSignals() throws Exception {
        dom0.ask(MessageType.WRITE, "/local/domain/3/data", "");
        dom0.ask(MessageType.SET_PERMS, "/local/domain/3/data", "n3");
        dom0.ask(MessageType.INTRODUCE, "3", "1", "5");
        CompletableFuture<Void> asking = CompletableFuture.runAsync(this::askMuch);
        for (int port = next(); port != END; port = next()) {
            rings.pending(port);
            turn();
        }
        asking.join();
    }

    private int next() throws InterruptedException {
        Integer port = signals.poll(10, TimeUnit.SECONDS);
        assertThat(port).as("a signal, as not all is answered").isNotNull();
        return port;
    }

    private void askMuch() {
        try {
            askAndRead();
        } finally {
            signals.add(END);
        }
    }

    private void askAndRead() {
        byte[] request = request(MessageType.READ, 1, "data");
        Deque<byte[]> left = new ArrayDeque<>();
        for (int i = 0; i < REQUESTS; i++) {
            left.add(request);
        }
        int answers = 0;
        byte[] bytes = new byte[RingStream.CAPACITY];
        int half = 0;
        while (answers < REQUESTS) {
            byte[] next = left.peek();
            if (next != null && guest.page.requests().room() >= next.length) {
                put(left.remove());
            }
            half += take(bytes);
            // The node is empty, so a reply is a header.
            answers += half / Header.SIZE;
            half %= Header.SIZE;
        }
    }

    private void put(byte... request) {
        int before = guest.page.requests().producer();
        guest.put(request);
        VarHandle.fullFence();
        if (guest.page.requests().consumer() - before >= 0) {
            signals.add(PORT);
        }
    }

    private int take(byte... bytes) {
        int before = guest.page.responses().consumer();
        int count = guest.page.responses().read(bytes, 0, bytes.length);
        VarHandle.fullFence();
        if (count > 0 && guest.page.responses().producer() - before >= RingStream.CAPACITY) {
            signals.add(PORT);
        }
        return count;
    }
}
