package org.jxenstored.it.life;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.timeline.Happening;
import org.jxenstored.sim.timeline.Party;

/** What happened to some domains, in order: the steps of the host's timeline, and what watchers were told in between. */
record Story(List<Happening> happenings) {
    /** Those who watch the special names. */
    static final Party WATCHERS = new Party("watchers");

    Story {
        happenings = List.copyOf(happenings);
    }

    /** Everything so far about these domains; a plain special name is about everybody. */
    static Story of(LifeWorld world, SimDomain... domains) {
        Set<Long> ids = Arrays.stream(domains).map(SimDomain::uniqueId).collect(Collectors.toUnmodifiableSet());
        Set<Integer> domids = Arrays.stream(domains).map(SimDomain::domid).collect(Collectors.toUnmodifiableSet());
        List<Happening> all = world.host().timeline().all();
        List<SpecialEvents.Event> events = world.events().all();
        List<Happening> merged = new ArrayList<>();
        int told = 0;
        for (int step = 0; step <= all.size(); step++) {
            for (; told < events.size() && events.get(told).step() == step; told++) {
                SpecialEvents.Event event = events.get(told);
                if (concerns(event.path(), domids)) {
                    merged.add(new Happening(event.millis(), 0, Party.XENSTORED, WATCHERS, event.path()));
                }
            }
            if (step < all.size() && ids.contains(all.get(step).domain())) {
                merged.add(all.get(step));
            }
        }
        return new Story(merged);
    }

    private static boolean concerns(String path, Set<Integer> domids) {
        int slash = path.indexOf('/');
        return slash < 0 || domids.contains(Integer.valueOf(path.substring(slash + 1)));
    }

    /** One text for each step: {@code who > whom: what}, or {@code who: what} if somebody does it by himself. */
    List<String> lines() {
        return happenings.stream().map(Story::line).toList();
    }

    private static String line(Happening happening) {
        String from = happening.from().name();
        String parties = happening.from().equals(happening.to())
                ? from
                : from + " > " + happening.to().name();
        return parties + ": " + happening.what();
    }

    /** What comes after this many steps. */
    Story after(int steps) {
        return new Story(happenings.subList(steps, happenings.size()));
    }

    int size() {
        return happenings.size();
    }

    /** Only those steps of which this is so. */
    Story with(Predicate<Happening> wanted) {
        return new Story(happenings.stream().filter(wanted).toList());
    }
}
