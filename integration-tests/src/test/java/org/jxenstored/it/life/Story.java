package org.jxenstored.it.life;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jxenstored.protocol.Domid;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.timeline.Happening;
import org.jxenstored.sim.timeline.Party;
import org.jxenstored.sim.timeline.SequenceDiagram;

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

    /** From the first step on that is told in words that begin so. */
    Story from(String beginning) {
        return new Story(happenings.subList(indexOf(beginning), happenings.size()));
    }

    /** Up to and including the last step that is told in words that begin so. */
    Story upTo(String beginning) {
        List<Happening> backwards = happenings.reversed();
        return new Story(happenings.subList(0, happenings.size() - new Story(backwards).indexOf(beginning)));
    }

    private int indexOf(String beginning) {
        for (int i = 0; i < happenings.size(); i++) {
            if (happenings.get(i).what().startsWith(beginning)) {
                return i;
            }
        }
        throw new AssertionError(
                "nothing that begins with '" + beginning + "' happened:\n" + String.join("\n", lines()));
    }

    /** Without all steps that are told in words that contain one of these; each of them must have happened. */
    Story without(String... parts) {
        Story rest = this;
        for (String part : parts) {
            Story less = new Story(rest.happenings.stream()
                    .filter(happening -> !happening.what().contains(part))
                    .toList());
            if (less.equals(rest)) {
                throw new AssertionError("'" + part + "' did not happen:\n" + String.join("\n", rest.lines()));
            }
            rest = less;
        }
        return rest;
    }

    /** Without what this party is told. */
    Story withoutTelling(Party party) {
        return new Story(happenings.stream()
                .filter(happening ->
                        !happening.to().equals(party) || happening.from().equals(party))
                .toList());
    }

    /** The same, where a domain is called by what it is. */
    Story calling(SimDomain domain, String name) {
        Party party = Party.domain(domain.domid());
        Party renamed = new Party(name);
        return new Story(happenings.stream()
                .map(happening -> new Happening(
                        happening.millis(),
                        happening.domain(),
                        happening.from().equals(party) ? renamed : happening.from(),
                        happening.to().equals(party) ? renamed : happening.to(),
                        happening.what()))
                .toList());
    }

    /** As a Mermaid diagram: those who act from left to right down to the store, and who is told by it. */
    String diagram() {
        List<Party> machine = List.of(
                Party.domain(Domid.DOM0), Party.DEVICE_MODEL, Party.TOOLSTACK, Party.XEN, Party.XENSTORED, WATCHERS);
        List<Party> order = new ArrayList<>(happenings.stream()
                .flatMap(happening -> Stream.of(happening.from(), happening.to()))
                .distinct()
                .filter(party -> !machine.contains(party))
                .toList());
        order.addAll(machine);
        return SequenceDiagram.of("", order, happenings);
    }
}
