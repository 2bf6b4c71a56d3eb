package org.jxenstored.operation;

import org.jxenstored.protocol.Value;
import org.jxenstored.transaction.Answer;
import org.jxenstored.transaction.Draft;
import org.jxenstored.transaction.Step;

/** An operation on nodes. The same payload on the same tree gives the same answer, so it can be run again. */
public interface StoreOperation {

    Answer run(Draft draft, Caller caller, Value payload);

    /** True if it never changes anything. */
    default boolean onlyLooks() {
        return false;
    }

    /** The request as a step of a transaction. */
    default Step step(Caller caller, Value payload) {
        return new Request(this, caller, payload);
    }

    /** An operation with what it was asked. */
    record Request(StoreOperation operation, Caller caller, Value payload) implements Step {
        /** What is kept beside the payload, bytes of heap: the request, its answer, its places in list and set. */
        private static final int OVERHEAD = 256;

        @Override
        public Answer run(Draft draft) {
            return operation.run(draft, caller, payload);
        }

        @Override
        public int size() {
            return OVERHEAD + payload.size();
        }
    }
}
