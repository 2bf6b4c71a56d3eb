package org.jxenstored.it.search;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/** A client of the store: a kernel at its ring or a program at a socket. It keeps some transactions open. */
abstract class Client {
    /** What a client was told, for others to know. */
    @FunctionalInterface
    interface Listener {
        /**
         * A message came.
         *
         * @param moment of the history that it tells of
         */
        void got(Client client, Message message, int moment);
    }

    private static final int IN_FLIGHT_MAX = 12;

    private final Listener listener;
    private final Map<Integer, Integer> transactionNumbers = new HashMap<>();
    private final Map<Integer, Integer> places = new HashMap<>();
    private @Nullable Session session;
    private int lastRequest;

    Client(Listener listener) {
        this.listener = listener;
    }

    /** From now on its connection is this one. */
    void begin(@Nullable Session other) {
        session = other;
        places.clear();
        transactionNumbers.clear();
    }

    /** What the model knows of it; null if it is not connected. */
    @Nullable
    Session session() {
        return session;
    }

    /** Sends a request, outside of all transactions or in that of this place, if there is one. */
    void ask(int place, MessageType type, String payload) {
        if (session == null || places.size() >= IN_FLIGHT_MAX) {
            return;
        }
        boolean starts = type == MessageType.TRANSACTION_START;
        @Nullable Integer number = place == 0 ? Integer.valueOf(0) : transactionNumbers.get(place);
        if (starts ? number != null || place == 0 || places.containsValue(place) : number == null) {
            return;
        }
        lastRequest++;
        int transaction = starts || number == null ? 0 : number;
        Message request = Message.of(type, lastRequest, transaction, Value.of(payload));
        session.sent(request);
        places.put(lastRequest, starts ? place : 0);
        if (type == MessageType.TRANSACTION_END) {
            transactionNumbers.remove(place);
        }
        write(request.toByteArray());
    }

    /** A whole message came. */
    void take(Message message) {
        if (session == null) {
            return;
        }
        int moment = session.got(message);
        if (!message.isOfType(MessageType.WATCH_EVENT)) {
            int place = places.getOrDefault(message.requestId(), 0);
            places.remove(message.requestId());
            if (place != 0 && message.isOfType(MessageType.TRANSACTION_START)) {
                String number = message.payload().text().replace("\0", "");
                transactionNumbers.put(place, Integer.parseUnsignedInt(number));
            }
        }
        listener.got(this, message, moment);
    }

    abstract void write(byte[] bytes);
}
