package org.jxenstored.client;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;

/** A connection's requests that wait for their replies, oldest first. Not for several threads at once. */
final class Unanswered {
    private final ArrayDeque<PendingReply> requests = new ArrayDeque<>();

    void add(PendingReply request) {
        requests.add(request);
    }

    /** Takes out the request of this reply: nearly always the oldest (P-ORD-1). */
    @Nullable
    PendingReply take(Message reply) {
        for (Iterator<PendingReply> each = requests.iterator(); each.hasNext(); ) {
            PendingReply request = each.next();
            if (isReplyTo(reply, request)) {
                each.remove();
                return request;
            }
        }
        return null;
    }

    /** A reply with id 0 comes from a device that does not copy ids and answers in order (C-LIB-8). */
    private static boolean isReplyTo(Message reply, PendingReply request) {
        return reply.requestId() == request.requestId()
                || (reply.requestId() == 0 && (reply.isOfType(request.type) || reply.isOfType(MessageType.ERROR)));
    }

    /** Takes out all. */
    List<PendingReply> takeAll() {
        List<PendingReply> all = List.copyOf(requests);
        requests.clear();
        return all;
    }
}
