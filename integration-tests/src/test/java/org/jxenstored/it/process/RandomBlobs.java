package org.jxenstored.it.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.jxenstored.protocol.Header;

/** Bytes that a client may send by mistake or malice: noise, and messages that are nearly right. */
final class RandomBlobs {
    private static final int NOISE_MAX = 200;
    private static final int NOISE_RARITY = 15;
    private static final int TYPES = 30;
    private static final int SMALL = 4;

    /** Payloads are made of these; none of them names a node that matters to others. */
    private static final String[] WORDS = {
        "\0", "\0", "/", "x", "/x", "/x/y", "y", "0", "7", "65535", "n7", "r0", "T", "F", "@releaseDomain", "-1", "\n"
    };

    private final Random random;

    RandomBlobs(long seed) {
        random = new Random(seed);
    }

    byte[] next() {
        return random.nextInt(NOISE_RARITY) == 0 ? noise() : nearlyRight();
    }

    private byte[] noise() {
        byte[] bytes = new byte[1 + random.nextInt(NOISE_MAX)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A header that fits its payload, or is off by some bytes. */
    private byte[] nearlyRight() {
        StringBuilder payload = new StringBuilder();
        int words = random.nextInt(6);
        for (int i = 0; i < words; i++) {
            payload.append(WORDS[random.nextInt(WORDS.length)]);
        }
        int length = random.nextInt(SMALL) == 0 ? random.nextInt(payload.length() + SMALL) : payload.length();
        ByteBuffer blob = ByteBuffer.allocate(Header.SIZE + payload.length());
        new Header(random.nextInt(TYPES), random.nextInt(), random.nextInt(SMALL), length).write(blob);
        blob.put(payload.toString().getBytes(ISO_8859_1));
        boolean cut = random.nextInt(50) == 0;
        return cut ? Arrays.copyOf(blob.array(), random.nextInt(blob.capacity())) : blob.array();
    }
}
