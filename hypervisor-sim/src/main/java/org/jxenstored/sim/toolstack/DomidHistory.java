package org.jxenstored.sim.toolstack;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which domids were in use a short while ago and therefore must not be used again yet (L-REUSE-2). */
final class DomidHistory {
    private final Duration timeout;

    /** Milliseconds on the machine's clock at which each id ended, oldest first. */
    private final Map<Integer, Long> ended = new LinkedHashMap<>();

    /**
     * @param timeout how long an id rests; zero switches the rule off
     */
    DomidHistory(Duration timeout) {
        this.timeout = timeout;
    }

    synchronized void ended(int domid, long nowMillis) {
        forgetOld(nowMillis);
        ended.remove(domid);
        ended.put(domid, nowMillis);
    }

    /** How long this id still has to rest, empty if it may be used. */
    synchronized Optional<Duration> rest(int domid, long nowMillis) {
        forgetOld(nowMillis);
        return Optional.ofNullable(ended.get(domid)).map(end -> timeout.minusMillis(nowMillis - end));
    }

    private void forgetOld(long nowMillis) {
        ended.values().removeIf(end -> nowMillis - end >= timeout.toMillis());
    }
}
