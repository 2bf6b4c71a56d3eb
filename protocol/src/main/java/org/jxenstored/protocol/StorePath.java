package org.jxenstored.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The absolute path of a node of the tree, existing or not. */
public final class StorePath implements NodePath {
    /** The path {@code /}. */
    public static final StorePath ROOT = new StorePath("/", List.of());

    private final String text;
    private final List<String> names;

    private StorePath(String text, List<String> names) {
        this.text = text;
        this.names = names;
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
        List<String> names = new ArrayList<>(8);
        int from = 1;
        for (int slash = text.indexOf('/', 1); slash >= 0; slash = text.indexOf('/', from)) {
            names.add(text.substring(from, slash));
            from = slash + 1;
        }
        names.add(text.substring(from));
        return new StorePath(text, names);
    }

    @Override
    public String text() {
        return text;
    }

    /** Number of names: 0 for the root. */
    public int depth() {
        return names.size();
    }

    /** The name at this level; 0 is the child of the root. */
    public String name(int level) {
        return names.get(level);
    }

    /** The last name; the root has none and gives the empty text. */
    public String leaf() {
        return names.isEmpty() ? "" : names.getLast();
    }

    public boolean isRoot() {
        return names.isEmpty();
    }

    /** The path one level up, empty for the root. */
    public Optional<StorePath> parent() {
        return isRoot() ? Optional.empty() : Optional.of(ancestor(depth() - 1));
    }

    /** The path of the first {@code depth} names of this one. */
    public StorePath ancestor(int depth) {
        if (depth == depth()) {
            return this;
        }
        if (depth == 0) {
            return ROOT;
        }
        int length = 0;
        for (int i = 0; i < depth; i++) {
            length += 1 + names.get(i).length();
        }
        return new StorePath(text.substring(0, length), names.subList(0, depth));
    }

    /** The path of the child with this name. */
    public StorePath child(String name) {
        List<String> longer = new ArrayList<>(names.size() + 1);
        longer.addAll(names);
        longer.add(name);
        return new StorePath(isRoot() ? "/" + name : text + '/' + name, longer);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StorePath path && text.equals(path.text);
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
