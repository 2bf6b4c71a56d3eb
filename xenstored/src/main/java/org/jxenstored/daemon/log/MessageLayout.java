package org.jxenstored.daemon.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import org.jspecify.annotations.Nullable;

/**
 * One line for each message, such as {@code xenstored: warning: text}.
 *
 * <p>Bytes of guests may stand in a message; what does not print is shown as {@code \xx} (S-LOG-9). A stack
 * trace follows only for those who asked for debugging.
 */
final class MessageLayout extends LayoutBase<ILoggingEvent> {
    private static final char DELETE = 0x7f;

    /** Another program that uses the daemon's logging names itself with this property. */
    private static final String PROGRAM = System.getProperty("jxenstored.program", "xenstored") + ": ";

    private final boolean withStackTraces;

    MessageLayout(boolean withStackTraces) {
        this.withStackTraces = withStackTraces;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(PROGRAM).append(word(event.getLevel()));
        appendEscaped(line, text(event));
        line.append('\n');
        IThrowableProxy thrown = event.getThrowableProxy();
        if (withStackTraces && thrown != null) {
            line.append(ThrowableProxyUtil.asString(thrown));
        }
        return line.toString();
    }

    /** The message and, in parentheses, what was thrown and where. */
    static String text(ILoggingEvent event) {
        String message = event.getFormattedMessage();
        @Nullable IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown == null) {
            return message;
        }
        String where = thrown.getStackTraceElementProxyArray().length == 0
                ? ""
                : " " + thrown.getStackTraceElementProxyArray()[0].getSTEAsString();
        return message + " (" + thrown.getClassName() + ": " + thrown.getMessage() + where + ")";
    }

    private static String word(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> "error: ";
            case Level.WARN_INT -> "warning: ";
            case Level.INFO_INT -> "";
            default -> "debug: ";
        };
    }

    static void appendEscaped(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || (c >= DELETE && c < 0xa0)) {
                line.append('\\').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                line.append(c);
            }
        }
    }
}
