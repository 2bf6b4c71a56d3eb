package org.jxenstored.protocol;

import java.util.Arrays;
import java.util.Optional;

/** The absolute path of a node of the tree, existing or not. */
public final class StorePath implements NodePath {
    /** The path {@code /}. */
    public static final StorePath ROOT = new StorePath("/", new String[0], 0);

    private final String text;

    /** The names of this path and maybe more: a path and those above it share one array. Never written to again. */
    private final String[] names;

    private final int depth;

    private StorePath(String text, String[] names, int depth) {
        this.text = text;
        this.names = names;
        this.depth = depth;
    }

    /** The path of this text, which a programmer wrote. Input goes through {@link NodePath#parse}. */
    public static StorePath of(String absolute) {
        if (absolute.isEmpty() || absolute.charAt(0) != '/' || !PathSyntax.isLegal(absolute)) {
            throw new IllegalArgumentException("not an absolute path: " + absolute);
        }
        return ofLegal(absolute);
    }

    static StorePath ofLegal(String text) {
        if (text.length() == 1) {
            return ROOT;
        }
        int depth = 1;
        for (int slash = text.indexOf('/', 1); slash >= 0; slash = text.indexOf('/', slash + 1)) {
            depth++;
        }
        String[] names = new String[depth];
        int from = 1;
        for (int level = 0; level < depth - 1; level++) {
            int slash = text.indexOf('/', from);
            names[level] = ShortNames.of(text, from, slash);
            from = slash + 1;
        }
        names[depth - 1] = ShortNames.of(text, from, text.length());
        return new StorePath(text, names, depth);
    }

    @Override
    public String text() {
        return text;
    }

    /** Number of names: 0 for the root. */
    public int depth() {
        return depth;
    }

    /** The name at this level; 0 is the child of the root. */
    public String name(int level) {
        if (level >= depth) {
            throw new IndexOutOfBoundsException("no level " + level + " in " + text);
        }
        return names[level];
    }

    /** The last name; the root has none and gives the empty text. */
    public String leaf() {
        return depth == 0 ? "" : names[depth - 1];
    }

    public boolean isRoot() {
        return depth == 0;
    }

    /** The path one level up, empty for the root. */
    public Optional<StorePath> parent() {
        return isRoot() ? Optional.empty() : Optional.of(ancestor(depth - 1));
    }

    /** The path of the first {@code levels} names of this one. */
    public StorePath ancestor(int levels) {
        if (levels == depth) {
            return this;
        }
        if (levels == 0) {
            return ROOT;
        }
        int length = 0;
        for (int level = 0; level < levels; level++) {
            length += 1 + name(level).length();
        }
        return new StorePath(text.substring(0, length), names, levels);
    }

    /** The path of the child with this name. */
    public StorePath child(String name) {
        String[] longer = Arrays.copyOf(names, depth + 1);
        longer[depth] = name;
        return new StorePath(isRoot() ? "/" + name : text + '/' + name, longer, depth + 1);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof StorePath path && text.equals(path.text));
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
