package org.jxenstored.sim.timeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jxenstored.sim.time.SimTime;

/** What happened on a machine, the latest {@value #KEPT} steps of it. May be used from any thread. */
public final class Timeline {
    /** Steps that are remembered. */
    public static final int KEPT = 20_000;

    private final SimTime time;
    private final Deque<Happening> happenings = new ArrayDeque<>();
    private final Map<Long, String> names = new HashMap<>();

    public Timeline(SimTime time) {
        this.time = time;
    }

    /** Remembers a step in the life of the domain with this unique id. */
    public synchronized void note(long domain, Party from, Party to, String what) {
        if (happenings.size() == KEPT) {
            happenings.removeFirst();
        }
        happenings.addLast(new Happening(time.millis(), domain, from, to, what));
    }

    /** The toolstack calls this domain so; several may have had the same name, one after the other. */
    public synchronized void name(long domain, String name) {
        names.put(domain, name);
    }

    /** All steps that are remembered, oldest first. */
    public synchronized List<Happening> all() {
        return List.copyOf(happenings);
    }

    /** The steps in the lives of all domains that had this name, oldest first. */
    public synchronized List<Happening> of(String name) {
        return happenings.stream()
                .filter(happening -> name.equals(names.get(happening.domain())))
                .toList();
    }
}
