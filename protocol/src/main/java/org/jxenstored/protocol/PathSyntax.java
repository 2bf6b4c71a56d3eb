package org.jxenstored.protocol;

/** Which texts are paths (protocol.md 5.2). */
final class PathSyntax {
    private static final String HOMES = "/local/domain/";
    private static final boolean[] ALLOWED = new boolean[128];

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-/_@"
                .chars()
                .forEach(c -> ALLOWED[c] = true);
    }

    private PathSyntax() {}

    /** Allowed characters only, not empty, no double slash, no slash at the end unless that is all (P-PATH-1 to 4). */
    static boolean isLegal(String path) {
        int length = path.length();
        char previous = 0;
        for (int i = 0; i < length; i++) {
            char c = path.charAt(i);
            if (c >= ALLOWED.length || !ALLOWED[c] || (c == '/' && previous == '/')) {
                return false;
            }
            previous = c;
        }
        return length > 0 && (previous != '/' || length == 1);
    }

    /** Length of a leading {@code /local/domain/<1 to 5 digits>/}, 0 if there is none. */
    static int homePrefixLength(String path) {
        if (!path.startsWith(HOMES)) {
            return 0;
        }
        int end = HOMES.length();
        while (end < path.length() && Character.isDigit(path.charAt(end))) {
            end++;
        }
        int digits = end - HOMES.length();
        return digits >= 1 && digits <= 5 && end < path.length() && path.charAt(end) == '/' ? end + 1 : 0;
    }
}
