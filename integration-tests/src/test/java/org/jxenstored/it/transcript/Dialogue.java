package org.jxenstored.it.transcript;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/** One connection of a scenario: what was asked and not answered yet, and how an answer is compared. */
final class Dialogue {
    private static final int LONG = 120;

    private final String name;
    private final Client client;
    private final Map<String, String> variables;
    private final Deque<Message> unanswered = new ArrayDeque<>();
    private int lastRequestId = 1000;
    private boolean disconnected;

    Dialogue(String name, Client client, Map<String, String> variables) {
        this.name = name;
        this.client = client;
        this.variables = variables;
    }

    Client client() {
        return client;
    }

    void request(int type, String requestId, int transactionId, String payload) {
        int id = requestId.isEmpty() ? ++lastRequestId : Integer.parseUnsignedInt(requestId);
        Message request = new Message(type, id, transactionId, Value.of(payload));
        unanswered.add(request);
        client.send(request.toByteArray());
    }

    /** One round trip that has to succeed; the payload of its reply. */
    String call(MessageType type, String payload) {
        request(type.number(), "", 0, payload);
        Message request = unanswered.remove();
        Message reply = client.receive().orElseThrow(() -> new AssertionError(name + " got no answer to " + type));
        if (!reply.isOfType(type) || reply.requestId() != request.requestId()) {
            throw new AssertionError(name + " asked for " + describe(request) + " and got " + describe(reply));
        }
        return text(reply);
    }

    /** Receives messages in this order; each text may give alternatives. */
    void expect(List<String> texts) {
        for (String text : texts) {
            if (text.strip().equals("closed")) {
                if (!client.isClosedByServer()) {
                    throw new AssertionError(name + " was not disconnected");
                }
                disconnected = true;
                continue;
            }
            Message message = client.receive()
                    .orElseThrow(() -> new AssertionError(name + " expected " + text + ", but nothing came"));
            if (Arrays.stream(text.split(" or ", -1)).noneMatch(each -> is(message, each.strip()))) {
                throw new AssertionError(name + " expected " + text + ", but got " + describe(message) + unanswered());
            }
        }
    }

    private String unanswered() {
        return unanswered.isEmpty() ? "" : "\n  not answered yet: " + describe(unanswered.element());
    }

    void expectNothing() {
        Optional<Message> message = client.poll();
        if (message.isPresent()) {
            throw new AssertionError(name + " expected nothing, but got " + describe(message.get()));
        }
    }

    /** Everything asked is answered, and a further round trip brings nothing but its own reply. */
    void expectSilence() {
        if (disconnected) {
            return;
        }
        if (!unanswered.isEmpty()) {
            throw new AssertionError(name + " never received the answer to " + describe(unanswered.element()));
        }
        String home = call(MessageType.GET_DOMAIN_PATH, "1\0");
        if (!home.equals("/local/domain/1\0")) {
            throw new AssertionError(name + " asked for the home of domain 1 and got " + home);
        }
    }

    void beginAnew() {
        unanswered.clear();
        client.beginAnew();
    }

    private boolean is(Message message, String expected) {
        if (expected.startsWith("raw ")) {
            return Text.matches(expected.substring(4), new String(message.toByteArray(), ISO_8859_1), variables);
        }
        if (expected.startsWith("event ")) {
            return message.isOfType(MessageType.WATCH_EVENT)
                    && message.requestId() == 0
                    && message.transactionId() == 0
                    && Text.matches(expected.substring(6), text(message), variables);
        }
        Message request = unanswered.peek();
        if (request == null
                || message.isOfType(MessageType.WATCH_EVENT)
                || message.requestId() != request.requestId()
                || message.transactionId() != request.transactionId()
                || !answers(request, message, expected)) {
            return false;
        }
        unanswered.remove();
        return true;
    }

    private boolean answers(Message request, Message reply, String expected) {
        if (expected.startsWith("=")) {
            return reply.type() == request.type() && Text.matches(expected.substring(1), text(reply), variables);
        }
        if (expected.startsWith("tx ")) {
            return reply.type() == request.type()
                    && Text.matches("{" + expected.substring(3).strip() + "=n}\\0", text(reply), variables);
        }
        if (expected.equals("OK")) {
            return reply.type() == request.type() && text(reply).equals("OK\0");
        }
        return reply.isOfType(MessageType.ERROR)
                && text(reply).equals(Errno.valueOf(expected).name() + "\0");
    }

    private static String text(Message message) {
        return message.payload().text(0, message.payload().size());
    }

    private static String describe(Message message) {
        String payload = text(message).replace("\0", "\\0").replace("\n", "\\n");
        String type = MessageType.of(message.type()).map(Enum::name).orElse(Integer.toUnsignedString(message.type()));
        return type + " #" + Integer.toUnsignedString(message.requestId()) + " @"
                + Integer.toUnsignedString(message.transactionId()) + " "
                + (payload.length() > LONG
                        ? payload.substring(0, LONG) + "... of " + payload.length() + " characters"
                        : payload);
    }
}
