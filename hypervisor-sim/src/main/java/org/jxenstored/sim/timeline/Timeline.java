package org.jxenstored.sim.timeline;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.jxenstored.sim.time.SimTime;

/**
 * What happened on a machine, the latest {@value #KEPT} steps of it. May be used from any thread.
 *
 * <p>A domain that is gone is forgotten, with its name, together with its last step.
 */
public final class Timeline {
    /** Steps that are remembered. */
    public static final int KEPT = 100_000;

    /** Longest text of a step; what is longer is cut, as guests may choose a part of it. */
    public static final int TEXT_MAX = 400;

    private final SimTime time;
    private final int kept;
    private final Deque<Step> steps = new ArrayDeque<>();
    private final Map<Long, Life> lives = new HashMap<>();
    private final Map<String, Set<Long>> named = new HashMap<>();
    private long next;

    /** A step and its place among all. */
    private record Step(long number, Happening happening) {}

    /** What is known of one domain. */
    private static final class Life {
        private final Deque<Step> steps = new ArrayDeque<>();
        private @Nullable String name;
        private boolean ended;
    }

    public Timeline(SimTime time) {
        this(time, KEPT);
    }

    Timeline(SimTime time, int kept) {
        this.time = time;
        this.kept = kept;
    }

    /** Remembers a step in the life of the domain with this unique id. */
    public synchronized void note(long domain, Party from, Party to, String what) {
        if (steps.size() == kept) {
            forgetOldest();
        }
        Step step = new Step(next++, new Happening(time.millis(), domain, from, to, shortened(what)));
        steps.addLast(step);
        life(domain).steps.addLast(step);
    }

    private static String shortened(String what) {
        return what.length() <= TEXT_MAX ? what : what.substring(0, TEXT_MAX - 3) + "...";
    }

    /** The toolstack calls this domain so; several may have had the same name, one after the other. */
    public synchronized void name(long domain, String name) {
        Life life = life(domain);
        forgetName(domain, life);
        life.name = name;
        named.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(domain);
    }

    /** The domain is gone: it is forgotten as soon as its steps are too old. */
    public synchronized void ended(long domain) {
        Life life = lives.get(domain);
        if (life != null) {
            life.ended = true;
            forgetIfOver(domain, life);
        }
    }

    /** All steps that are remembered, oldest first. */
    public synchronized List<Happening> all() {
        return steps.stream().map(Step::happening).toList();
    }

    /** How many steps {@link #all} gives. */
    public synchronized int size() {
        return steps.size();
    }

    /** The steps in the lives of all domains that had this name, oldest first. */
    public List<Happening> of(String name) {
        return of(List.of(name));
    }

    /** The steps in the lives of all domains that had one of these names, oldest first. */
    public synchronized List<Happening> of(Collection<String> names) {
        return names.stream()
                .flatMap(name -> named.getOrDefault(name, Set.of()).stream())
                .distinct()
                .flatMap(domain -> life(domain).steps.stream())
                .sorted(Comparator.comparingLong(Step::number))
                .map(Step::happening)
                .toList();
    }

    /** The steps in the life of the domain with this unique id, oldest first. */
    public synchronized List<Happening> of(long domain) {
        Life life = lives.get(domain);
        return life == null
                ? List.of()
                : life.steps.stream().map(Step::happening).toList();
    }

    private Life life(long domain) {
        return lives.computeIfAbsent(domain, _ -> new Life());
    }

    private void forgetOldest() {
        long domain = steps.removeFirst().happening().domain();
        Life life = life(domain);
        life.steps.removeFirst();
        forgetIfOver(domain, life);
    }

    private void forgetIfOver(long domain, Life life) {
        if (life.steps.isEmpty() && (life.ended || life.name == null)) {
            lives.remove(domain);
            forgetName(domain, life);
        }
    }

    private void forgetName(long domain, Life life) {
        if (life.name == null) {
            return;
        }
        Set<Long> sharers = named.get(life.name);
        if (sharers != null) {
            sharers.remove(domain);
            if (sharers.isEmpty()) {
                named.remove(life.name);
            }
        }
    }
}
