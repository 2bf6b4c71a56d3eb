package org.jxenstored.it.life;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What is to be done now, in an order of our choice, and what is to be done later, in the order of time. */
final class Agenda {
    /** Steps that keep their order among each other. */
    static final class Lane {
        private final ArrayDeque<Step> steps = new ArrayDeque<>();
    }

    /** A step for later. */
    record Planned(long dueMillis, long number, Step step) {}

    private final Lane common = new Lane();
    private final @Nullable SplittableRandom dice;
    private final List<Lane> ready = new ArrayList<>();
    private final PriorityQueue<Planned> later =
            new PriorityQueue<>(Comparator.comparingLong(Planned::dueMillis).thenComparingLong(Planned::number));
    private long planned;

    /** @param dice decides which lane is next; null: what came first goes first */
    Agenda(@Nullable SplittableRandom dice) {
        this.dice = dice;
    }

    /** A lane that may be overtaken by others, if order is left to chance. */
    Lane lane() {
        return dice == null ? common : new Lane();
    }

    void now(Lane lane, Step step) {
        if (lane.steps.isEmpty()) {
            ready.add(lane);
        }
        lane.steps.add(step);
    }

    Planned at(long dueMillis, Step step) {
        planned++;
        Planned entry = new Planned(dueMillis, planned, step);
        later.add(entry);
        return entry;
    }

    void cancel(Planned entry) {
        later.remove(entry);
    }

    /** When the next step for later is due. */
    OptionalLong nextDueMillis() {
        Planned next = later.peek();
        return next == null ? OptionalLong.empty() : OptionalLong.of(next.dueMillis());
    }

    /** What is due at this time is to be done now. */
    void ripen(long millis) {
        while (nextDueMillis().orElse(Long.MAX_VALUE) <= millis) {
            now(lane(), later.remove().step());
        }
    }

    /** Takes the next step that is to be done now. */
    Optional<Step> next() {
        if (ready.isEmpty()) {
            return Optional.empty();
        }
        int place = dice == null ? 0 : dice.nextInt(ready.size());
        Lane lane = ready.get(place);
        Step step = lane.steps.remove();
        if (lane.steps.isEmpty()) {
            ready.remove(place);
        }
        return Optional.of(step);
    }
}
