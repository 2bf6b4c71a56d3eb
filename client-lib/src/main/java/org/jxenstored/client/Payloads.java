package org.jxenstored.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;

/** Payloads of requests. Refuses here what the server could not see as a mistake: a NUL inside of an argument. */
final class Payloads {
    /** What RESET_WATCHES and TRANSACTION_START carry (C-LIB-17). */
    static final Value ONE_NUL = Value.of("\0");

    private Payloads() {}

    static Value path(String path) {
        requireNoNul(path, "a path");
        return Value.of(path + '\0');
    }

    static Value write(String path, Value value) {
        requireNoNul(path, "a path");
        byte[] start = (path + '\0').getBytes(ISO_8859_1);
        byte[] all = new byte[start.length + value.size()];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(value.toByteArray(), 0, all, start.length, value.size());
        return Value.owning(all);
    }

    static Value permissions(String path, List<Permission> permissions) {
        requireNoNul(path, "a path");
        StringBuilder all = new StringBuilder(path).append('\0');
        for (Permission permission : permissions) {
            all.append(permission.access().letter()).append(permission.domid()).append('\0');
        }
        return Value.of(all.toString());
    }

    /** Path and token, and a depth unless it is negative. */
    static Value watch(String path, String token, int depth) {
        requireNoNul(path, "a path");
        requireNoNul(token, "a token");
        if (!token.equals(new String(token.getBytes(ISO_8859_1), ISO_8859_1))) {
            throw new IllegalArgumentException("a token consists of characters 1..255: " + token);
        }
        String both = path + '\0' + token + '\0';
        return Value.of(depth < 0 ? both : both + depth + '\0');
    }

    /** Text arguments as UTF-8, each with its NUL. */
    static Value texts(String... texts) {
        StringBuilder all = new StringBuilder();
        for (String text : texts) {
            requireNoNul(text, "an argument");
            all.append(text).append('\0');
        }
        return utf8(all.toString());
    }

    static Value utf8(String text) {
        return Value.owning(text.getBytes(UTF_8));
    }

    private static void requireNoNul(String text, String what) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + " cannot contain a NUL: " + text.replace('\0', '?'));
        }
    }
}
