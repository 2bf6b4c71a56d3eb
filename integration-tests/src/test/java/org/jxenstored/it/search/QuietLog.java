package org.jxenstored.it.search;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Takes the daemon's log for itself. Errors in it are problems, but for those of a disk that is full on purpose. */
final class QuietLog implements AutoCloseable {
    private static final String FULL = "no room for the journal";

    /** Nor is this: it is tried again when the journal is longer. */
    private static final String NO_SNAPSHOT = "no snapshot could be written to .*: No space left on device";

    private final Logger logger = (Logger) LoggerFactory.getLogger("org.jxenstored");
    private final ListAppender<ILoggingEvent> errors = new ListAppender<>();
    private final @Nullable Level before = logger.getLevel();
    private final boolean additive = logger.isAdditive();

    private final ResourceLeakDetector.Level leaks = ResourceLeakDetector.getLevel();

    /** Who is killed leaves its buffers where they are, so they are not looked for. */
    QuietLog() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        logger.setLevel(Level.ERROR);
        logger.setAdditive(false);
        errors.start();
        logger.addAppender(errors);
    }

    /** The errors since the last call. */
    List<String> taken() {
        if (errors.list.isEmpty()) {
            return List.of();
        }
        List<String> all = errors.list.stream()
                .map(event -> event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : ": " + event.getThrowableProxy().getMessage()))
                .filter(text -> !text.startsWith(FULL) && !text.matches(NO_SNAPSHOT))
                .toList();
        errors.list.clear();
        return all;
    }

    @Override
    public void close() {
        ResourceLeakDetector.setLevel(leaks);
        logger.detachAppender(errors);
        logger.setAdditive(additive);
        logger.setLevel(before);
    }
}
