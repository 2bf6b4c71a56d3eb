package org.jxenstored.it.life;

import java.util.List;

/** What happens on a machine from its start to its end, decided by a seed. */
interface Life {
    /** Plays it; fails if something is not as it must be. Once, on the thread that made it. */
    void live() throws Exception;

    /** What was done, the latest last. */
    List<String> history();

    /** All steps that were taken in one number, see {@link VirtualTime#hash}. */
    long stepsTaken();

    /** How many events about domains were held against the rules. */
    long eventsJudged();
}
