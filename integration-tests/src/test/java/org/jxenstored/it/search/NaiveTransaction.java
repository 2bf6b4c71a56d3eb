package org.jxenstored.it.search;

import java.util.ArrayList;
import java.util.List;
import org.jxenstored.it.search.NaiveWork.Answer;
import org.jxenstored.protocol.MessageType;

/**
 * A transaction of the model: a full copy of the store, what was asked and what was answered.
 *
 * <p>One that an earlier daemon began is interrupted: what was asked then is not known any more.
 */
final class NaiveTransaction {
    private record Asked(MessageType type, String payload, Answer answer) {}

    private final NaiveWork work;
    private final boolean interrupted;
    private final List<Asked> asked = new ArrayList<>();
    private boolean open = true;

    NaiveTransaction(NaiveWork work, boolean interrupted) {
        this.work = work;
        this.interrupted = interrupted;
    }

    boolean isInterrupted() {
        return interrupted;
    }

    NaiveWork work() {
        return work;
    }

    Answer run(int domid, MessageType type, String payload) {
        Answer answer = work.run(domid, type, payload);
        asked.add(new Asked(type, payload, answer));
        return answer;
    }

    boolean isOpen() {
        return open;
    }

    /** It ended before its client knew its number. */
    void end() {
        open = false;
    }

    /** True if all would be answered the same on the store that this work begins with. */
    boolean runsOn(NaiveWork other, int domid) {
        for (Asked each : asked) {
            if (!other.run(domid, each.type(), each.payload()).standsFor(each.answer())) {
                return false;
            }
        }
        return true;
    }
}
