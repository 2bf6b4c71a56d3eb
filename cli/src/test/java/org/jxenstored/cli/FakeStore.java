package org.jxenstored.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;

/** A store in memory: a tree, transactions as copies of it, and what a test wants to go wrong. */
final class FakeStore implements Store {
    /** Requests in order, such as {@code READ /a}. */
    final List<String> requests = new ArrayList<>();

    /** Paths whose value cannot be read. */
    final Set<String> unreadable = new HashSet<>();

    /** Paths whose permissions cannot be read. */
    final Set<String> hiddenPermissions = new HashSet<>();

    /** Paths that vanish when their children are asked for. */
    final Set<String> vanishing = new HashSet<>();

    /** What the coming commits say; later ones succeed. */
    final Deque<Commit> commits = new ArrayDeque<>();

    /** Paths of events to come; after them the connection is lost. */
    final Deque<String> events = new ArrayDeque<>();

    boolean transactionsAreUsedUp;
    boolean abortFails;
    boolean knowsDepth = true;
    boolean closed;

    private Map<String, Node> tree = new TreeMap<>();
    private int transactions;

    private record Node(Value value, List<Permission> permissions, List<String> children) {
        static Node empty() {
            return new Node(Value.EMPTY, List.of(new Permission(Access.NONE, 0)), List.of());
        }

        Node with(Value other) {
            return new Node(other, permissions, children);
        }

        Node with(List<Permission> others) {
            return new Node(value, others, children);
        }

        Node withChild(String name) {
            List<String> more = new ArrayList<>(children);
            more.add(name);
            return new Node(value, permissions, more);
        }

        Node withoutChild(String name) {
            List<String> fewer = new ArrayList<>(children);
            fewer.remove(name);
            return new Node(value, permissions, fewer);
        }
    }

    /** The fate of a commit. */
    enum Commit {
        CONFLICT,
        FAILURE
    }

    FakeStore() {
        tree.put("/", Node.empty());
    }

    /** Adds a node, and its parents, without a request. */
    FakeStore with(String path, String value) {
        put(tree, path, Value.of(value));
        return this;
    }

    /** Paths of all nodes but the root. */
    List<String> paths() {
        return tree.keySet().stream().filter(path -> !path.equals("/")).toList();
    }

    String valueOf(String path) {
        return node(path).value().text();
    }

    String permissionsOf(String path) {
        return String.join(
                ",", node(path).permissions().stream().map(Permission::toString).toList());
    }

    private Node node(String path) {
        Node node = tree.get(path);
        if (node == null) {
            throw new AssertionError("no node " + path);
        }
        return node;
    }

    @Override
    public Value read(String path) throws StoreException {
        return read(tree, path);
    }

    @Override
    public void write(String path, Value value) throws StoreException {
        write(tree, path, value);
    }

    @Override
    public void remove(String path) throws StoreException {
        remove(tree, path);
    }

    @Override
    public List<String> directory(String path) throws StoreException {
        return directory(tree, path);
    }

    @Override
    public List<Permission> permissions(String path) throws StoreException {
        requests.add("GET_PERMS " + path);
        if (hiddenPermissions.contains(path)) {
            throw error(Errno.EACCES);
        }
        return existing(tree, path).permissions();
    }

    @Override
    public void setPermissions(String path, List<Permission> permissions) throws StoreException {
        setPermissions(tree, path, permissions);
    }

    @Override
    public Transaction transaction() throws StoreException {
        requests.add("TRANSACTION_START");
        if (transactionsAreUsedUp) {
            throw error(Errno.ENOSPC);
        }
        transactions++;
        return new Copy(new TreeMap<>(tree));
    }

    int transactions() {
        return transactions;
    }

    @Override
    public void watch(String path) throws StoreException {
        requests.add("WATCH " + path);
        if (path.contains("//")) {
            throw error(Errno.EINVAL);
        }
    }

    @Override
    public void watch(String path, int depth) throws StoreException {
        requests.add("WATCH " + path + " " + depth);
        if (!knowsDepth) {
            throw error(Errno.EINVAL);
        }
    }

    @Override
    public String nextEvent() throws StoreException {
        String path = events.poll();
        if (path == null) {
            throw new StoreException(9, "the connection is lost");
        }
        return path;
    }

    @Override
    public String control(List<String> words, Value bytes) throws StoreException {
        throw error(Errno.ENOSYS);
    }

    @Override
    public void close() {
        closed = true;
    }

    private Value read(Map<String, Node> in, String path) throws StoreException {
        requests.add("READ " + path);
        if (unreadable.contains(path)) {
            throw error(Errno.EACCES);
        }
        return existing(in, path).value();
    }

    private void write(Map<String, Node> in, String path, Value value) throws StoreException {
        requests.add("WRITE " + path);
        check(path);
        put(in, path, value);
    }

    private void remove(Map<String, Node> in, String path) throws StoreException {
        requests.add("RM " + path);
        check(path);
        if (path.equals("/")) {
            throw error(Errno.EINVAL);
        }
        String parent = parent(path);
        in.put(parent, existing(in, parent).withoutChild(path.substring(path.lastIndexOf('/') + 1)));
        in.keySet().removeIf(other -> other.equals(path) || other.startsWith(path + "/"));
    }

    private List<String> directory(Map<String, Node> in, String path) throws StoreException {
        requests.add("DIRECTORY " + path);
        if (vanishing.contains(path)) {
            throw error(Errno.ENOENT);
        }
        return existing(in, path).children();
    }

    private void setPermissions(Map<String, Node> in, String path, List<Permission> permissions) throws StoreException {
        requests.add("SET_PERMS " + path);
        if (permissions.isEmpty()) {
            throw error(Errno.EINVAL);
        }
        in.put(path, existing(in, path).with(permissions));
    }

    private static Node existing(Map<String, Node> in, String path) throws StoreException {
        check(path);
        Node node = in.get(path);
        if (node == null) {
            throw error(Errno.ENOENT);
        }
        return node;
    }

    /** Relative paths stand for themselves here: this store has no homes. */
    private static void check(String path) throws StoreException {
        if (path.isEmpty() || path.contains("//") || (path.length() > 1 && path.endsWith("/"))) {
            throw error(Errno.EINVAL);
        }
    }

    private static void put(Map<String, Node> in, String path, Value value) {
        Node old = in.get(path);
        if (old == null) {
            String parent = parent(path);
            if (!in.containsKey(parent)) {
                put(in, parent, Value.EMPTY);
            }
            in.compute(
                    parent,
                    (key, node) ->
                            (node == null ? Node.empty() : node).withChild(path.substring(path.lastIndexOf('/') + 1)));
        }
        in.put(path, (old == null ? Node.empty() : old).with(value));
    }

    private static String parent(String path) {
        return path.lastIndexOf('/') <= 0 ? "/" : path.substring(0, path.lastIndexOf('/'));
    }

    static StoreException error(Errno errno) {
        return new StoreException(errno.number(), errno.name());
    }

    private final class Copy implements Transaction {
        private final Map<String, Node> nodes;

        Copy(Map<String, Node> nodes) {
            this.nodes = nodes;
        }

        @Override
        public Value read(String path) throws StoreException {
            return FakeStore.this.read(nodes, path);
        }

        @Override
        public void write(String path, Value value) throws StoreException {
            FakeStore.this.write(nodes, path, value);
        }

        @Override
        public void remove(String path) throws StoreException {
            FakeStore.this.remove(nodes, path);
        }

        @Override
        public List<String> directory(String path) throws StoreException {
            return FakeStore.this.directory(nodes, path);
        }

        @Override
        public void setPermissions(String path, List<Permission> permissions) throws StoreException {
            FakeStore.this.setPermissions(nodes, path, permissions);
        }

        @Override
        public boolean commit() throws StoreException {
            requests.add("TRANSACTION_END T");
            Commit fate = commits.poll();
            if (fate == Commit.FAILURE) {
                throw error(Errno.EIO);
            }
            if (fate == Commit.CONFLICT) {
                return false;
            }
            tree = nodes;
            return true;
        }

        @Override
        public void abort() throws StoreException {
            requests.add("TRANSACTION_END F");
            if (abortFails) {
                throw error(Errno.EAGAIN);
            }
        }
    }
}
