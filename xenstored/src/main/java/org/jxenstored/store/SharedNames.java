package org.jxenstored.store;

/** Names of nodes, each kept once: most stand below many parents, such as {@code state} and {@code backend-id}. */
final class SharedNames {
    /** A longer one is hardly there twice. */
    private static final int LENGTH_MAX = 40;

    private static final Sharing<String> NAMES = new Sharing<>(8192);

    private SharedNames() {}

    /** An equal name, the same for all nodes if possible. */
    static String shared(String name) {
        return name.length() > LENGTH_MAX ? name : NAMES.shared(name);
    }
}
