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
        Sizes sizes = Sizes.of(path, absent, Node.leaf(value, permissions, 0));
        if (!allowance.permitsNodeSize(sizes.largest)) {
            return Answer.Failed.fatally(Errno.ENOSPC);
        }
        if (!allowance.permitsNodes(path.depth() - absent.depth())) {
            return Answer.Failed.with(Errno.ENOSPC);
        }
        if (!allowance.permitsMemory(permissions.owner(), sizes.sum)) {
            return Answer.Failed.fatally(Errno.EIO);
        }
        draft.create(path, absent.depth(), value, permissions);
        return Answer.Done.OK;
    }

    /**
     * What the new nodes and the grown parent count for.
     *
     * @param largest size of the largest node
     * @param sum sizes of the new nodes with their keys
     */
    private record Sizes(int largest, long sum) {

        static Sizes of(StorePath path, Passage.Absent absent, Node leaf) {
            int empty = leaf.size() - leaf.value().size();
            int key = path.text().length();
            int largest = leaf.size();
            long sum = (long) leaf.size() + key;
            for (int level = path.depth() - 1; level > absent.depth(); level--) {
                int name = path.name(level).length() + 1;
                key -= name;
                largest = Math.max(largest, empty + name);
                sum += empty + name + key;
            }
            int grown = absent.ancestor().size() + path.name(absent.depth()).length() + 1;
            return new Sizes(Math.max(largest, grown), sum);
        }
    }

    /** The parent's list; what a guest makes is its own (S-CREATE-2 to S-CREATE-4). */
    private static Permissions inherited(Caller caller, Node parent) {
        return caller.subject().privileged()
                ? parent.permissions()
                : parent.permissions().withOwner(caller.subject().domid());
    }
}
