package org.jxenstored.engine;

import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;

/**
 * A message that waits to be sent.
 *
 * @param ticket whose request it counts on, if any
 * @param deadlineMillis when it is dropped if nothing of it was sent, or {@link OutQueue#NO_DEADLINE}
 */
record Waiting(Message message, @Nullable Ticket ticket, long deadlineMillis) {
    boolean isEvent() {
        return message.isOfType(MessageType.WATCH_EVENT);
    }

    int size() {
        return message.size();
    }
}
