package org.jxenstored.operation;

import org.jxenstored.operation.Gate.Passage;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Node;
import org.jxenstored.transaction.Answer;
import org.jxenstored.transaction.Draft;

/** RM: a node goes, and all below it (P-RM). */
public enum Remove implements StoreOperation {
    INSTANCE;

    @Override
    public Answer run(Draft draft, Caller caller, Value payload) {
        if (!(caller.onlyPath(payload) instanceof StorePath path)) {
            return Answer.Failed.with(Errno.EINVAL);
        }
        return switch (Gate.pass(draft, path, Gate.WRITE, caller)) {
            case Passage.Open(Node node) -> {
                if (path.isRoot()) {
                    yield Answer.Failed.with(Errno.EINVAL);
                }
                draft.remove(path, node);
                yield Answer.Done.OK;
            }
            case Passage.Absent(Node _, int depth) ->
                depth == path.depth() - 1 ? Answer.Done.OK : Answer.Failed.with(Errno.ENOENT);
            case Passage.Closed closed -> Answer.Failed.with(closed.errno());
        };
    }
}
