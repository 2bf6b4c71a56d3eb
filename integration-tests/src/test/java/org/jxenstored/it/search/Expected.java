package org.jxenstored.it.search;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;

/** A message that a client must get, or may get. */
final class Expected {
    private final int type;
    private final int requestId;
    private final String payload;
    private final @Nullable NaiveTransaction started;
    private boolean late;
    private boolean mandatory = true;
    private boolean mayBeAskedAgain;
    private boolean ofEarlierDaemon;
    private int moment;

    private Expected(int type, int requestId, String payload, int moment, @Nullable NaiveTransaction started) {
        this.type = type;
        this.requestId = requestId;
        this.payload = payload;
        this.moment = moment;
        this.started = started;
    }

    static Expected event(String payload, int moment) {
        return new Expected(MessageType.WATCH_EVENT.number(), 0, payload, moment, null);
    }

    static Expected reply(Message request, NaiveWork.Answer answer, int moment) {
        int type = answer.error() ? MessageType.ERROR.number() : request.type();
        return new Expected(type, request.requestId(), answer.text(), moment, null);
    }

    /** The reply to TRANSACTION_START; the number is the server's choice. */
    static Expected start(Message request, NaiveTransaction started, int moment) {
        return new Expected(request.type(), request.requestId(), "", moment, started);
    }

    boolean isEvent() {
        return type == MessageType.WATCH_EVENT.number();
    }

    boolean isReplyTo(int request) {
        return !isEvent() && requestId == request;
    }

    /** The transaction that begins with this reply. */
    Optional<NaiveTransaction> started() {
        return Optional.ofNullable(started);
    }

    /** It ended before its client knew its number. */
    void endTransaction() {
        started().ifPresent(NaiveTransaction::end);
        ofEarlierDaemon = false;
    }

    String payload() {
        return payload;
    }

    boolean is(Message message) {
        return message.type() == type
                && (isEvent() || message.requestId() == requestId)
                && (started != null || message.payload().text().equals(payload));
    }

    /** False for an event that may have been merged with another one, or lost with the daemon that owed it. */
    boolean isMandatory() {
        return mandatory;
    }

    void needNotCome() {
        mandatory = false;
    }

    /** True if it may come after what is behind it: the ends of several domains are told in the order of their numbers. */
    boolean mayComeLate() {
        return late;
    }

    void comeLate() {
        late = true;
    }

    /** The moment of the history that this tells of; what is told must outlive the daemon. */
    int moment() {
        return moment;
    }

    /** Another daemon goes on: its history begins with all that this tells of. */
    void beginsHistory(boolean again) {
        moment = 0;
        ofEarlierDaemon = true;
        mayBeAskedAgain |= again;
    }

    boolean isOfEarlierDaemon() {
        return ofEarlierDaemon;
    }

    /** True if the request may be served again, as nothing of it was left. */
    boolean mayBeAskedAgain() {
        return mayBeAskedAgain;
    }

    @Override
    public String toString() {
        String what = isEvent() ? "event" : "reply " + requestId + " of type " + type;
        return what + (mandatory ? "" : ", if at all") + ": " + (started == null ? show(payload) : "a number");
    }

    /** For people: NUL is a bar. */
    static String show(String payload) {
        return "'" + payload.replace('\0', '|') + "'";
    }
}
