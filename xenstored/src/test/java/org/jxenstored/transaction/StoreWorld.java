package org.jxenstored.transaction;

import java.util.List;
import java.util.Map;
import org.jxenstored.operation.Allowance;
import org.jxenstored.operation.Caller;
import org.jxenstored.operation.DirectoryPart;
import org.jxenstored.operation.DomainDirectory;
import org.jxenstored.operation.Read;
import org.jxenstored.operation.Remove;
import org.jxenstored.operation.SetPermissions;
import org.jxenstored.operation.StoreOperation;
import org.jxenstored.operation.Write;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.Feature;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Births;
import org.jxenstored.store.Generations;
import org.jxenstored.store.Grant;
import org.jxenstored.store.Node;
import org.jxenstored.store.Permissions;
import org.jxenstored.store.Subject;
import org.jxenstored.store.Tree;
import org.jxenstored.store.UseByDomain;
import org.jxenstored.transaction.Transaction.Outcome;
import org.jxenstored.watch.Watches;

/** A store without connections: requests are words, such as {@code WRITE /a value} or {@code PERMS /a n0 r1}. */
public final class StoreWorld {
    /** A caller whose answers to the store can be set. */
    public record TestCaller(
            Subject subject, int features, Allowance allowance, DomainDirectory directory, Births births)
            implements Caller {
        /** The control domain. */
        public static final TestCaller DOM0 = of(0, true);

        /** A guest without quotas. */
        public static TestCaller guest(int domid) {
            return of(domid, false);
        }

        private static TestCaller of(int domid, boolean privileged) {
            return new TestCaller(
                    new Subject(domid, Subject.NO_TARGET, privileged),
                    Feature.ALL,
                    Allowance.UNLIMITED,
                    _ -> true,
                    (_, _) -> true);
        }

        /** The same caller with other quotas. */
        public TestCaller with(Allowance other) {
            return new TestCaller(subject, features, other, directory, births);
        }
    }

    private final Generations generations = new Generations();
    private final Watches watches = new Watches();
    private Tree tree;
    private int lastId;

    /** A store with a closed root and these requests of dom0 done. */
    public StoreWorld(String... requests) {
        Node closed = Node.leaf(Value.EMPTY, Permissions.ownedBy(0), generations.next());
        tree = new Tree(closed, closed, closed);
        for (String request : requests) {
            now(request);
        }
    }

    public Tree tree() {
        return tree;
    }

    public Watches watches() {
        return watches;
    }

    Generations generations() {
        return generations;
    }

    /** A request of dom0 outside transactions. */
    public String now(String request) {
        return now(TestCaller.DOM0, request);
    }

    /** A request outside transactions. */
    public String now(Caller caller, String request) {
        Draft draft = Draft.forRequest(tree, generations);
        Answer answer = step(caller, request).run(draft);
        install(draft);
        return shown(answer);
    }

    /** The bytes of the answer to dom0's request. */
    public String raw(String request) {
        return step(TestCaller.DOM0, request)
                .run(Draft.forRequest(tree, generations))
                .payload()
                .text();
    }

    private void install(Draft draft) {
        if (draft.isChanged()) {
            tree = draft.tree();
            watches.announce(draft.changes());
        }
    }

    Transaction begin() {
        return new Transaction(++lastId, tree, generations, 0);
    }

    String in(Transaction transaction, String request) {
        return in(transaction, TestCaller.DOM0, request);
    }

    String in(Transaction transaction, Caller caller, String request) {
        return shown(transaction.run(step(caller, request)));
    }

    /** Returns {@code OK} or {@code EAGAIN}. */
    String commit(Transaction transaction) {
        return switch (transaction.commit(tree, 0)) {
            case Outcome.Conflict() -> "EAGAIN";
            case Outcome.Committed(Draft draft) -> {
                install(draft);
                yield "OK";
            }
        };
    }

    static Step step(Caller caller, String request) {
        List<String> words = List.of(request.split(" ", -1));
        List<String> arguments = words.subList(1, words.size());
        StoreOperation operation = switch (words.getFirst()) {
            case "READ" -> Read.VALUE;
            case "LS" -> Read.DIRECTORY;
            case "PART" -> DirectoryPart.INSTANCE;
            case "GETPERMS" -> Read.PERMISSIONS;
            case "WRITE" -> Write.VALUE;
            case "MKDIR" -> Write.DIRECTORY;
            case "RM" -> Remove.INSTANCE;
            case "PERMS" -> SetPermissions.INSTANCE;
            default -> throw new IllegalArgumentException(request);
        };
        Value payload = operation == Write.VALUE ? Value.of(String.join("\0", arguments)) : Arguments.join(arguments);
        return operation.step(caller, payload);
    }

    /** The payload with blanks for NULs, or the error's name. */
    static String shown(Answer answer) {
        return answer.payload().text().replace('\0', ' ').strip();
    }

    /** Every node with its value and permissions, children in order; generations do not show. */
    static String content(Tree tree) {
        StringBuilder text = new StringBuilder();
        append(text, StorePath.ROOT, tree.root());
        append(text, StorePath.of("/introduce"), tree.introduceDomain());
        append(text, StorePath.of("/release"), tree.releaseDomain());
        return text.toString();
    }

    private static void append(StringBuilder text, StorePath path, Node node) {
        text.append(path).append('=').append(node.value());
        for (Grant grant : node.permissions()) {
            text.append(' ').append(grant.permission());
        }
        text.append('\n');
        for (Map.Entry<String, Node> child : node.children()) {
            append(text, path.child(child.getKey()), child.getValue());
        }
    }

    /** What the tree's owners use, counted anew. */
    static UseByDomain use(Tree tree) {
        UseByDomain use = new UseByDomain();
        use.addSubtree(StorePath.ROOT, tree.root(), 1);
        return use;
    }

    /** The latest generation of the node and all below it. */
    static long newestIn(Node node) {
        long newest = node.generation();
        for (Map.Entry<String, Node> child : node.children()) {
            newest = Math.max(newest, newestIn(child.getValue()));
        }
        return newest;
    }
}
