package org.jxenstored.operation;

import org.jxenstored.operation.Gate.Passage;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Node;
import org.jxenstored.transaction.Answer;
import org.jxenstored.transaction.Draft;

/** WRITE and MKDIR: a node gets a value, or is there afterwards (protocol.md 6.1). */
public enum Write implements StoreOperation {
    /** The path up to the first NUL, all after it the value (P-ARG-4). */
    VALUE {
        @Override
        public Answer run(Draft draft, Caller caller, Value payload) {
            int nul = payload.indexOfNul(0);
            if (nul < 0 || !(caller.path(payload, 0, nul) instanceof StorePath path)) {
                return Answer.Failed.with(Errno.EINVAL);
            }
            Value value = payload.slice(nul + 1, payload.size());
            return switch (Gate.pass(draft, path, Gate.WRITE, caller)) {
                case Passage.Open(Node node) -> overwrite(draft, caller, path, node, value);
                case Passage.Absent absent -> Creation.create(draft, caller, path, absent, value);
                case Passage.Closed closed -> Answer.Failed.with(closed.errno());
            };
        }
    },

    /** An existing node stays as it is, without an event (P-MKDIR-2). */
    DIRECTORY {
        @Override
        public Answer run(Draft draft, Caller caller, Value payload) {
            if (!(caller.onlyPath(payload) instanceof StorePath path)) {
                return Answer.Failed.with(Errno.EINVAL);
            }
            return switch (Gate.pass(draft, path, Gate.WRITE, caller)) {
                case Passage.Open _ -> Answer.Done.OK;
                case Passage.Absent absent -> Creation.create(draft, caller, path, absent, Value.EMPTY);
                case Passage.Closed closed -> Answer.Failed.with(closed.errno());
            };
        }
    };

    private static Answer overwrite(Draft draft, Caller caller, StorePath path, Node node, Value value) {
        int more = value.size() - node.value().size();
        if (more > 0 && !caller.allowance().permitsNodeSize(node.size() + more)) {
            return Answer.Failed.fatally(Errno.ENOSPC);
        }
        if (more > 0 && !caller.allowance().permitsMemory(node.owner(), more)) {
            return Answer.Failed.fatally(Errno.EIO);
        }
        draft.setValue(path, node, value);
        return Answer.Done.OK;
    }
}
