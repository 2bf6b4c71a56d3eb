package org.jxenstored.trace;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import org.jxenstored.engine.Connection;
import org.jxenstored.engine.EngineTrace.Progress;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/** How the lines of a trace look. */
final class TraceLines {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd HH:mm:ss");

    private TraceLines() {}

    static String received(Connection connection, Message request, LocalDateTime now) {
        return io("IN", connection, request, now);
    }

    static String sent(Connection connection, Message message, Progress progress, LocalDateTime now) {
        return io(direction(message, progress), connection, message, now);
    }

    private static String direction(Message message, Progress progress) {
        return switch (progress) {
            case FIRST_PART -> "OUT(START)";
            case LAST_PART -> "OUT(END)";
            case WHOLE -> message.isOfType(MessageType.ERROR) ? "OUT(ERR)" : "OUT";
        };
    }

    /** S-LOG-3. */
    private static String io(String direction, Connection connection, Message message, LocalDateTime now) {
        return "io: " + direction + ' ' + connection.name() + " (d"
                + connection.domain().domid() + ") " + TIME.format(now) + ' ' + type(message.type()) + " ("
                + shown(message.payload()) + ")";
    }

    private static String type(int number) {
        return MessageType.of(number).map(MessageType::name).orElse("type " + Integer.toUnsignedString(number) + "?");
    }

    /** NULs as blanks; other bytes that do not print are escaped, so that no guest writes lines (S-LOG-9). */
    static String shown(Value payload) {
        StringBuilder text = new StringBuilder(payload.size());
        for (int i = 0; i < payload.size(); i++) {
            append(text, payload.at(i) & 0xff);
        }
        return text.toString();
    }

    /** As {@link #shown} for text that may hold anything. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.chars().forEach(c -> append(escaped, c > 0xff ? '?' : c));
        return escaped.toString();
    }

    private static void append(StringBuilder text, int c) {
        if (c == 0) {
            text.append(' ');
        } else if (c == '\\') {
            text.append("\\\\");
        } else if (c >= 0x20 && c < 0x7f) {
            text.append((char) c);
        } else {
            text.append("\\x").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
        }
    }
}
