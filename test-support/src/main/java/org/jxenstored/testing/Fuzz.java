package org.jxenstored.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Input that nobody meant to send: random, or meant and then damaged. The same seed gives the same. */
public final class Fuzz {
    /** How many times as long, from {@code -Djxenstored.fuzz}. */
    private static final int LONGER = Integer.getInteger("jxenstored.fuzz", 1);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Random random;

    private Fuzz(Random random) {
        this.random = random;
    }

    /** Runs with this many seeds, or {@code jxenstored.fuzz} times as many; see {@link Seeds#forEach}. */
    public static void seeds(int count, Consumer<Fuzz> test) {
        Seeds.forEach(Math.multiplyExact(count, LONGER), random -> test.accept(new Fuzz(random)));
    }

    /** Bytes of heap this work takes on this thread, garbage included. */
    public static long allocatedBy(Runnable work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /** 0 to {@code most}. */
    public int upTo(int most) {
        return random.nextInt(most + 1);
    }

    public boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    public <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Any number; often one at which something turns over. */
    public int anyInt() {
        int near = oneOf(List.of(0, 1 << 7, 1 << 8, 1 << 10, 1 << 12, 1 << 16, Integer.MAX_VALUE));
        return oneIn(2) ? random.nextInt() : (oneIn(2) ? near : -near) + upTo(4) - 2;
    }

    /** Any bytes, 0 to {@code most}. */
    public byte[] bytes(int most) {
        return noise(upTo(most));
    }

    /** So many bytes, whichever. */
    public byte[] noise(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Any of these characters, 0 to {@code most}. */
    public String text(String characters, int most) {
        StringBuilder text = new StringBuilder();
        for (int left = upTo(most); left > 0; left--) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }

    /** One byte for each character. */
    public String damaged(String text) {
        return new String(damaged(text.getBytes(ISO_8859_1)), ISO_8859_1);
    }

    /** The bytes with one to three things done to them: changed, cut out, put in, or there twice. */
    public byte[] damaged(byte[] whole) {
        byte[] now = whole;
        for (int left = 1 + upTo(2); left > 0; left--) {
            int from = upTo(now.length);
            int to = Math.min(now.length, from + upTo(8));
            now = joined(Arrays.copyOf(now, from), changed(Arrays.copyOfRange(now, from, to)), from(now, to));
        }
        return now;
    }

    private byte[] changed(byte[] part) {
        return switch (upTo(3)) {
            case 0 -> new byte[0];
            case 1 -> joined(part, part);
            case 2 -> joined(bytes(4), part);
            default -> {
                byte[] changed = part.clone();
                if (changed.length > 0) {
                    changed[upTo(changed.length - 1)] ^= (byte) (1 << upTo(7));
                }
                yield changed;
            }
        };
    }

    private static byte[] from(byte[] whole, int from) {
        return Arrays.copyOfRange(whole, from, whole.length);
    }

    public static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** The bytes in pieces of 1 to {@code most}. */
    public List<byte[]> pieces(byte[] whole, int most) {
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from < whole.length; ) {
            int to = Math.min(whole.length, from + 1 + upTo(most - 1));
            pieces.add(Arrays.copyOfRange(whole, from, to));
            from = to;
        }
        return pieces;
    }
}
