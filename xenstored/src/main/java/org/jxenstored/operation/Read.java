package org.jxenstored.operation;

import java.util.function.Function;
import org.jxenstored.operation.Gate.Passage;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.SpecialPath;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Node;
import org.jxenstored.transaction.Answer;
import org.jxenstored.transaction.Draft;

/** READ, DIRECTORY and GET_PERMS: one path in, something of its node out (protocol.md 6.1). */
public enum Read implements StoreOperation {
    VALUE(false, node -> new Answer.Content(node.value())),
    DIRECTORY(false, Read::listing),
    PERMISSIONS(true, node -> new Answer.PermissionList(node.permissions()));

    private final boolean specialsToo;

    @SuppressWarnings("ImmutableEnumChecker") // pure functions
    private final Function<Node, Answer> look;

    Read(boolean specialsToo, Function<Node, Answer> look) {
        this.specialsToo = specialsToo;
        this.look = look;
    }

    private static Answer listing(Node node) {
        return node.children().namesSize() > Limits.PAYLOAD_MAX
                ? Answer.Failed.with(Errno.E2BIG)
                : new Answer.Listing(node.children());
    }

    @Override
    public boolean onlyLooks() {
        return true;
    }

    @Override
    public Answer run(Draft draft, Caller caller, Value payload) {
        return switch (caller.onlyPath(payload)) {
            case StorePath path -> of(draft, caller, path, look);
            case SpecialPath path when specialsToo -> of(draft, caller, path, look);
            case null, default -> Answer.Failed.with(Errno.EINVAL);
        };
    }

    static Answer of(Draft draft, Caller caller, NodePath path, Function<Node, Answer> look) {
        return switch (Gate.pass(draft, path, Gate.READ, caller)) {
            case Passage.Open(Node node) -> look.apply(node);
            case Passage.Absent _ -> Answer.Failed.with(Errno.ENOENT);
            case Passage.Closed closed -> Answer.Failed.with(closed.errno());
        };
    }
}
