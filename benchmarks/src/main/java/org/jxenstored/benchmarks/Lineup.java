package org.jxenstored.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jxenstored.benchmarks.daemon.Kind;

/** Those that take turns. */
interface Lineup {
    /** Where this one listens; may be another place after {@link #settle}. */
    Path socket(Kind kind);

    /**
     * Returns when this one's turn has no consequences left that would disturb the next: clearing up after a thousand
     * connections with watches takes oxenstored more than 10 s, during which it leaves the others half a processor.
     *
     * @return what had to be done to it, for people; empty if it was enough to wait
     */
    Optional<String> settle(Kind kind) throws IOException;
}
