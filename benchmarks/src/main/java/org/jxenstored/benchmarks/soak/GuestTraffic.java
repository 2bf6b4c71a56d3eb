package org.jxenstored.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.protocol.MessageType;

/** Simulated guests with two devices each: always as many, but in each step one comes and the oldest goes. */
final class GuestTraffic implements Traffic {
    private static final int LIVING = 8;

    private final Wire wire;
    private final ArrayDeque<String> living = new ArrayDeque<>();
    private long created;

    GuestTraffic(Path socket) throws IOException {
        this.wire = Wire.connect(socket);
        while (living.size() < LIVING) {
            create();
        }
    }

    private void create() throws IOException {
        String name = "soak" + created++;
        sim("create", name, "--vif", "--vbd", "--on-crash=preserve");
        living.addLast(name);
    }

    @Override
    public void step() throws IOException {
        create();
        if (created % 3 == 0) {
            sim("crash", living.getFirst());
        }
        sim("destroy", living.removeFirst());
    }

    private void sim(String word, String... more) throws IOException {
        String[] words = new String[more.length + 2];
        words[0] = "sim";
        words[1] = word;
        System.arraycopy(more, 0, words, 2, more.length);
        wire.call(Request.any(MessageType.CONTROL, words));
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }

    @Override
    public String toString() {
        return "the guests";
    }
}
