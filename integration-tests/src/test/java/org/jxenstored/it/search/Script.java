package org.jxenstored.it.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is done to one machine. The same script takes the same steps every time. */
record Script(long seed, List<Deed> deeds) {
    /** How a script was played to its end. */
    record Played(int deeds, long requests, long kills, Optional<Failure> failure) {}

    /** The first thing that was not as it must be. */
    record Failure(int deed, Throwable cause) {}

    Script without(int from, int to) {
        List<Deed> fewer = new ArrayList<>(deeds.subList(0, from));
        fewer.addAll(deeds.subList(to, deeds.size()));
        return new Script(seed, List.copyOf(fewer));
    }

    /** Plays it on a new machine. */
    Played play() throws Exception {
        try (QuietLog log = new QuietLog()) {
            World world = new World(seed);
            try {
                return playOn(world, log);
            } finally {
                world.close();
            }
        }
    }

    private Played playOn(World world, QuietLog log) {
        int done = 0;
        Optional<Failure> failure = Optional.empty();
        try {
            for (Deed deed : deeds) {
                world.perform(deed, log);
                done++;
            }
            world.finish(log);
        } catch (Exception | AssertionError cause) {
            failure = Optional.of(new Failure(done, cause));
        }
        return new Played(done, world.served(), world.kills(), failure);
    }

    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder("seed " + seed);
        for (int i = 0; i < deeds.size(); i++) {
            lines.append("\n  ").append(i + 1).append(". ").append(deeds.get(i));
        }
        return lines.toString();
    }
}
