package org.jxenstored.operation;

import org.jxenstored.operation.Gate.Passage;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Node;
import org.jxenstored.store.Permissions;
import org.jxenstored.transaction.Answer;
import org.jxenstored.transaction.Draft;

/** A new node, with the levels missing above it (S-CREATE). Quotas are asked for all of them before any is made. */
final class Creation {
    private Creation() {}

    static Answer create(Draft draft, Caller caller, StorePath path, Passage.Absent absent, Value value) {
        Permissions permissions = inherited(caller, absent.ancestor());
        Allowance allowance = caller.allowance();
        int levels = path.depth() - absent.depth();
        Node leaf = Node.leaf(value, permissions, 0);
        String first = path.name(absent.depth());
        if (!allowance.permitsNodeSize(leaf.size())
                || !allowance.permitsNodeSize(absent.ancestor().size() + first.length() + 1)) {
            return Answer.Failed.fatally(Errno.ENOSPC);
        }
        if (!allowance.permitsNodes(levels)) {
            return Answer.Failed.with(Errno.ENOSPC);
        }
        if (!allowance.permitsMemory(
                permissions.owner(), leaf.size() + (long) path.text().length() * levels)) {
            return Answer.Failed.fatally(Errno.EIO);
        }
        draft.create(path, absent.depth(), value, permissions);
        return Answer.Done.OK;
    }

    /** The parent's list; what a guest makes is its own (S-CREATE-2 to S-CREATE-4). */
    private static Permissions inherited(Caller caller, Node parent) {
        return caller.subject().privileged()
                ? parent.permissions()
                : parent.permissions().withOwner(caller.subject().domid());
    }
}
