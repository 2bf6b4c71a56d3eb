package org.jxenstored.benchmarks.differential;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.MessageType;

/** Makes random payloads out of few words, so that requests meet. */
final class Words {
    private static final List<String> NAMES = List.of("a", "a", "b", "c");
    private static final List<String> TREES =
            List.of("/t", "/t", "/t", "/local/domain/1", "/local/domain/2", "/local/domain/3", "/tool", "");
    private static final List<String> BAD_PATHS =
            List.of("", "/t/", "//t", "/t//a", "/t/a.b", "/t/ a", "/t/\u00e9", "a/", "@", "//", "/t/a\n", "*");
    private static final List<String> SPECIAL =
            List.of("@releaseDomain", "@introduceDomain", "@other", "@", "@releaseDomain/4", "@introduceDomain/4");
    private static final List<String> DOMIDS = List.of("0", "1", "1", "2", "2", "3", "4", "4", "7", "32752", "65535");
    private static final List<String> BAD_DOMIDS = List.of(
            "32757", "65536", "", "x", "1x", " 1", "-1", "+1", "01", "000001", "0x1", "4294967297", "99999999999999");
    private static final List<String> BAD_PERMISSIONS = List.of(
            "", "r", "x1", "1", "r-1", "r70000", "r0x1", "r 1", "rr1", "r1x", "r01", "R1", "r65536", "r4294967296");
    private static final List<String> TOKENS = List.of("x", "y", "z", "", "a token/with?signs");

    private final RandomGenerator random;

    Words(RandomGenerator random) {
        this.random = random;
    }

    private <T> T one(List<T> words) {
        return words.get(random.nextInt(words.size()));
    }

    private boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    String path() {
        if (oneIn(50)) {
            return one(BAD_PATHS);
        }
        if (oneIn(60)) {
            return one(SPECIAL);
        }
        if (oneIn(150)) {
            return longPath();
        }
        if (oneIn(60)) {
            return "/";
        }
        StringBuilder path = new StringBuilder(oneIn(8) ? one(NAMES) : one(TREES));
        int depth = one(List.of(0, 1, 1, 1, 2, 2, 3));
        for (int i = 0; i < depth; i++) {
            path.append('/').append(one(NAMES));
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    /** About as long as paths may be. */
    private String longPath() {
        int length = one(List.of(1024, Limits.RELATIVE_PATH_MAX, Limits.ABSOLUTE_PATH_MAX)) + random.nextInt(-2, 3);
        String begin = one(List.of("/t/", "/local/domain/1/", "/local/domain/12345/"));
        return begin + "p".repeat(length - begin.length());
    }

    private String value() {
        return switch (random.nextInt(12)) {
            case 0 -> "";
            case 1 -> "\0" + (char) random.nextInt(256) + "\0";
            case 2 -> "v".repeat(random.nextInt(400));
            case 3 -> oneIn(4) ? "v".repeat(random.nextInt(1900, 2100)) : "v";
            default -> String.valueOf(random.nextInt(10));
        };
    }

    private String permission() {
        return oneIn(40) ? one(BAD_PERMISSIONS) : one(List.of("n", "r", "w", "b")) + one(List.of(0, 1, 1, 2, 2, 3, 4));
    }

    /** One to five entries, each with its NUL; seldom more. */
    String permissions() {
        StringBuilder list = new StringBuilder(
                        oneIn(30) ? permission() : one(List.of("n", "r", "w", "b")) + one(List.of(0, 0, 1, 2)))
                .append('\0');
        int more = oneIn(40) ? random.nextInt(8) : random.nextInt(3);
        for (int i = 0; i < more; i++) {
            list.append(permission()).append('\0');
        }
        return list.toString();
    }

    String watch() {
        String token = oneIn(80) ? "t".repeat(random.nextInt(2000, 2100)) : one(TOKENS);
        String depth = oneIn(60) ? one(List.of("0", "1", "2", "", "-1", "x")) + "\0" : "";
        return (oneIn(8) ? one(SPECIAL) : path()) + "\0" + token + "\0" + depth;
    }

    private String domid() {
        return one(oneIn(6) ? BAD_DOMIDS : DOMIDS) + "\0";
    }

    private String offset() {
        return one(oneIn(10) ? List.of("", "x", "-1", "1x", " 1", "+1") : List.of("0", "0", "2", "1", "4", "100"));
    }

    String junk() {
        StringBuilder text = new StringBuilder();
        int length = oneIn(10) ? random.nextInt(Limits.PAYLOAD_MAX) : random.nextInt(6);
        for (int i = 0; i < length; i++) {
            text.append(oneIn(3) ? '\0' : (char) random.nextInt(256));
        }
        return text.toString();
    }

    /** A sensible payload with something wrong. */
    String broken(String payload) {
        String cut = payload.substring(0, Math.max(0, payload.length() - 1));
        return switch (random.nextInt(7)) {
            case 0 -> "";
            case 1 -> cut;
            case 2 -> payload + "x";
            case 3 -> payload + "x\0";
            case 4 -> "\0" + payload;
            case 5 -> junk();
            default -> "\0";
        };
    }

    String payload(MessageType type) {
        return switch (type) {
            case READ, DIRECTORY, GET_PERMS, MKDIR, RM -> path() + "\0";
            case DIRECTORY_PART -> path() + "\0" + offset() + "\0";
            case WRITE -> fitting(path() + "\0" + value());
            case SET_PERMS -> path() + "\0" + permissions();
            case WATCH -> fitting(watch());
            case UNWATCH -> path() + "\0" + one(TOKENS) + "\0";
            case TRANSACTION_START, RESET_WATCHES -> "\0";
            case TRANSACTION_END -> oneIn(30) ? one(List.of("t", "TT", "", "x")) + "\0" : oneIn(3) ? "F\0" : "T\0";
            case GET_DOMAIN_PATH, IS_DOMAIN_INTRODUCED, RESUME -> domid();
            case RELEASE -> oneIn(2) ? domid() : Host.NEWBORN + "\0";
            case INTRODUCE -> introduce();
            case SET_TARGET -> oneIn(2) ? domid() + domid() : one(List.of("1", "2")) + "\0" + Host.NEWBORN + "\0";
            case CONTROL -> one(List.of("check\0", "nosuch\0", "\0", "", "print\0x\0", "check\0x\0", "help\0"));
            case GET_FEATURE -> oneIn(2) ? "" : domid();
            case SET_FEATURE -> domid() + one(List.of("0", "2", "14", "16", "x", "")) + "\0";
            case GET_QUOTA -> oneIn(2) ? "" : domid() + "nodes\0";
            case SET_QUOTA -> domid() + "nodes\00050\0";
            case WATCH_EVENT, ERROR, RESTRICT -> junk();
        };
    }

    /** A guest's ring is bound to one port only; others are for the newborn, who never listens. */
    private String introduce() {
        String frame = (oneIn(8) ? one(List.of("", "x", "-5", "+5", "1x")) : "1") + "\0";
        return switch (random.nextInt(8)) {
            case 0 -> domid() + frame + one(List.of("0", "-1", "", "x", "5x", " 5")) + "\0";
            case 1, 2, 3, 4 -> Host.NEWBORN + "\0" + frame + "7\0";
            default -> domid() + frame + "5\0";
        };
    }

    /** Good characters, no empty name, no slash at the end (P-PATH-1 to 4). */
    static boolean isPath(String text) {
        return text.matches("[-A-Za-z0-9/_@]+") && !text.contains("//") && (text.equals("/") || !text.endsWith("/"));
    }

    private static String fitting(String payload) {
        return payload.length() <= Limits.PAYLOAD_MAX ? payload : payload.substring(0, Limits.PAYLOAD_MAX);
    }
}
