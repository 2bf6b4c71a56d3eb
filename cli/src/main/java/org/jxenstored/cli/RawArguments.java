package org.jxenstored.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes of the command line.
 *
 * <p>The JVM has decoded its arguments with the character set of the user's locale, which loses bytes: in the C locale
 * every byte above 127 has become the same character. Keys and values are rows of bytes, so where there was such a
 * byte the arguments are taken from the kernel.
 */
final class RawArguments {
    private static final String KERNELS_COPY = "/proc/self/cmdline";

    private RawArguments() {}

    /** The arguments with one character for each byte. */
    static List<String> of(String... decoded) {
        if (arePlain(decoded)) {
            return List.of(decoded);
        }
        try (FileInputStream copy = new FileInputStream(KERNELS_COPY)) {
            return choose(copy.readAllBytes(), decoded);
        } catch (IOException e) {
            return encode(decoded);
        }
    }

    /** The last strings of a NUL separated command line, if they are what was decoded. */
    static List<String> choose(byte[] commandLine, String... decoded) {
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < commandLine.length; i++) {
            if (commandLine[i] == 0) {
                words.add(new String(commandLine, from, i - from, ISO_8859_1));
                from = i + 1;
            }
        }
        int first = words.size() - decoded.length;
        if (first < 0) {
            return encode(decoded);
        }
        for (int i = 0; i < decoded.length; i++) {
            if (arePlain(decoded[i]) && !decoded[i].equals(words.get(first + i))) {
                return encode(decoded);
            }
        }
        return List.copyOf(words.subList(first, words.size()));
    }

    /** True if no byte was lost: a question mark stands for a lost one, too. */
    private static boolean arePlain(String... decoded) {
        for (String word : decoded) {
            for (int i = 0; i < word.length(); i++) {
                if (word.charAt(i) >= 0x80 || word.charAt(i) == '?') {
                    return false;
                }
            }
        }
        return true;
    }

    private static List<String> encode(String... decoded) {
        return Arrays.stream(decoded)
                .map(word -> new String(word.getBytes(UTF_8), ISO_8859_1))
                .toList();
    }
}
