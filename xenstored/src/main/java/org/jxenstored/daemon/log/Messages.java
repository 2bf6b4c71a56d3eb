package org.jxenstored.daemon.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.io.OutputStream;
import java.util.function.Consumer;
import org.jxenstored.daemon.LogLevel;
import org.slf4j.LoggerFactory;

/** Where messages go and which of them. */
public final class Messages {
    private Messages() {}

    /** Shows messages of this level and above on standard error. */
    public static void toStandardError(LogLevel level) {
        to(context(), System.err, level);
    }

    /**
     * Sends messages of this level and above to the system's log.
     *
     * @param sender takes one record
     */
    public static void toSystemLog(LogLevel level, Consumer<byte[]> sender) {
        toSystemLog(context(), level, sender);
    }

    static void toSystemLog(LoggerContext context, LogLevel level, Consumer<byte[]> sender) {
        use(context, new SystemLogAppender(sender), level);
    }

    static void to(LoggerContext context, OutputStream stream, LogLevel level) {
        MessageLayout layout = new MessageLayout(level == LogLevel.DEBUG);
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setEncoder(encoder);
        appender.setOutputStream(new StaysOpen(stream));
        use(context, appender, level);
    }

    private static void use(LoggerContext context, Appender<ILoggingEvent> appender, LogLevel level) {
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        appender.setContext(context);
        appender.start();
        root.detachAndStopAllAppenders();
        root.addAppender(appender);
        root.setLevel(levelOf(level));
        context.getLogger("io.netty").setLevel(level == LogLevel.DEBUG ? Level.WARN : Level.ERROR);
    }

    private static Level levelOf(LogLevel level) {
        return switch (level) {
            case ERROR -> Level.ERROR;
            case WARNING -> Level.WARN;
            case INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
        };
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
}
