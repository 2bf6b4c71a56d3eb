package org.jxenstored.protocol;

import java.util.Optional;

/**
 * The name of something that has permissions and can be watched: a node of the tree, or a special node.
 *
 * <p>A value of this type is always legal: the only way to make one from input is {@link #parse}.
 */
public sealed interface NodePath permits StorePath, SpecialPath {

    /** The canonical text: absolute, or starting with {@code @}. */
    String text();

    /**
     * Reads a path as a caller gave it (P-PATH-1 to P-PATH-13).
     *
     * @param given absolute, special, or relative to the caller's home
     * @param home path of the caller's home without a slash at its end, such as {@code /local/domain/5}
     * @return empty if the path is malformed or longer than {@link Limits#ABSOLUTE_PATH_MAX}
     */
    static Optional<NodePath> parse(String given, String home) {
        String canonical = isRelative(given) ? home + '/' + given : given;
        if (canonical.length() > Limits.ABSOLUTE_PATH_MAX || !PathSyntax.isLegal(canonical)) {
            return Optional.empty();
        }
        return Optional.of(canonical.charAt(0) == '@' ? new SpecialPath(canonical) : StorePath.ofLegal(canonical));
    }

    /** True if the path is one that {@link #parse} puts below the caller's home (P-PATH-5). */
    static boolean isRelative(String given) {
        return given.isEmpty() || (given.charAt(0) != '/' && given.charAt(0) != '@');
    }

    /** The home of a domain: {@code /local/domain/<domid>}. */
    static String homeOf(int domid) {
        return "/local/domain/" + domid;
    }

    /** The length a guest's path-max quota looks at: without a leading {@code /local/domain/<digits>/} (P-PATH-10). */
    default int lengthBelowHome() {
        return text().length() - PathSyntax.homePrefixLength(text());
    }
}
