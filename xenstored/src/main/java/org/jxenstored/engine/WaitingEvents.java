package org.jxenstored.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jxenstored.protocol.Value;

/**
 * The payloads of the events that wait in one queue, to find out if the same one waits already (S-DUP-1).
 *
 * <p>Implementation note: a client that reads has a few waiting at most, and comparing with each of them is cheaper
 * than any index. Who does not read gets one.
 */
final class WaitingEvents {
    /** Up to so many are compared one by one. */
    private static final int FEW = 8;

    private final List<Value> few = new ArrayList<>(0);

    /** How often each payload waits besides those in {@link #few}; empty as long as they are few. */
    private Map<Value, Integer> many = Map.of();

    boolean contains(Value payload) {
        return few.contains(payload) || (!many.isEmpty() && many.containsKey(payload));
    }

    void add(Value payload) {
        if (few.size() < FEW) {
            few.add(payload);
            return;
        }
        if (many.isEmpty()) {
            many = new HashMap<>();
        }
        many.merge(payload, 1, Integer::sum);
    }

    /** One that waits no longer. */
    void remove(Value payload) {
        if (!few.remove(payload)) {
            many.computeIfPresent(payload, (_, count) -> count == 1 ? null : count - 1);
            if (many.isEmpty()) {
                many = Map.of();
            }
        }
    }
}
