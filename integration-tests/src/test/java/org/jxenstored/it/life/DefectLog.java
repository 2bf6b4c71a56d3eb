package org.jxenstored.it.life;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Collects what the daemon logs as errors, which are defects of its own, and keeps the rest of its log quiet. */
final class DefectLog {
    private final Logger logger = (Logger) LoggerFactory.getLogger("org.jxenstored");
    private final ListAppender<ILoggingEvent> errors = new ListAppender<>();
    private @Nullable Level before;

    void begin() {
        before = logger.getLevel();
        logger.setLevel(Level.ERROR);
        errors.start();
        logger.addAppender(errors);
    }

    void end() {
        logger.detachAppender(errors);
        logger.setLevel(before);
    }

    /** The errors since the last call. */
    List<String> taken() {
        List<String> all = errors.list.stream()
                .map(event -> event.getFormattedMessage() + cause(event))
                .toList();
        errors.list.clear();
        return all;
    }

    private static String cause(ILoggingEvent event) {
        return event.getThrowableProxy() == null
                ? ""
                : ": " + event.getThrowableProxy().getClassName() + " "
                        + event.getThrowableProxy().getMessage();
    }
}
