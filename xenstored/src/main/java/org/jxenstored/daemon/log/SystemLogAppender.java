package org.jxenstored.daemon.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Writes messages as records of syslog: facility daemon, ident xenstored (S-LOG-8). */
final class SystemLogAppender extends AppenderBase<ILoggingEvent> {
    private static final int DAEMON = 3 << 3;
    private static final int ERROR = 3;
    private static final int WARNING = 4;
    private static final int INFO = 6;
    private static final int DEBUG = 7;

    private final Consumer<byte[]> sender;

    SystemLogAppender(Consumer<byte[]> sender) {
        this.sender = sender;
    }

    @Override
    protected void append(ILoggingEvent event) {
        StringBuilder record = new StringBuilder()
                .append('<')
                .append(DAEMON | severity(event.getLevel()))
                .append(">xenstored[")
                .append(ProcessHandle.current().pid())
                .append("]: ");
        MessageLayout.appendEscaped(record, MessageLayout.text(event));
        sender.accept(record.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static int severity(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> ERROR;
            case Level.WARN_INT -> WARNING;
            case Level.INFO_INT -> INFO;
            default -> DEBUG;
        };
    }
}
