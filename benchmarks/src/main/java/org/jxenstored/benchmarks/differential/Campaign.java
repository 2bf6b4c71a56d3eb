package org.jxenstored.benchmarks.differential;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Many random sequences, until so many requests were made or there is a difference that nobody can explain. */
public final class Campaign {
    /** Options for both daemons' quotas, so small that guests meet them (S-QUOTA-1). */
    public static final List<String> QUOTAS_OF_C = List.of("-E", "30", "-S", "265", "-W", "7", "-t", "2", "-A", "5");

    /** The same limits: C permits one watch and one transaction more than it is told, and nine bytes of a node less. */
    public static final List<String> QUOTAS_OF_OURS = List.of("-E", "30", "-S", "256", "-W", "8", "-t", "3", "-A", "5");

    private static final int SHORTEST = 10;
    private static final int LONGEST = 200;
    private static final int OVERLAPPING_ONE_IN = 4;

    private final Play play;
    private final Pair pair;
    private final Rules rules;
    private final Tally tally;
    private final long seed;

    /**
     * One that did nothing yet.
     *
     * @param tally where it counts what it does
     */
    Campaign(Pair pair, Rules rules, Tally tally, long seed) {
        this.pair = pair;
        this.rules = rules;
        this.tally = tally;
        this.seed = seed;
        play = new Play(pair, rules);
    }

    /** A difference with a sequence that shows it. */
    record Failure(List<Step> steps, Difference difference) {}

    /** Makes so many requests; returns the shortest sequence found that shows a difference nobody can explain. */
    Optional<Failure> run(int requests) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int end = tally.total() + requests; tally.total() < end; ) {
            Play.Result result = sequence(random.split());
            tally.add(result.steps());
            if (result.unexplained().isPresent()) {
                return Optional.of(
                        shrink(new Failure(result.steps(), result.unexplained().get())));
            }
        }
        return Optional.empty();
    }

    /** Goes on after differences nobody can explain; returns the first of each kind, without shrinking it. */
    Map<String, Difference> survey(int requests) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Difference> found = new TreeMap<>();
        for (int end = tally.total() + requests; tally.total() < end; ) {
            Play.Result result = sequence(random.split());
            tally.add(result.steps());
            result.unexplained().ifPresent(one -> found.putIfAbsent(one.kind(), one));
        }
        return found;
    }

    private Play.Result sequence(SplittableRandom random) throws IOException {
        Generator generator = new Generator(random, random.nextInt(OVERLAPPING_ONE_IN) == 0);
        List<Step> prelude = generator.prelude();
        int length = prelude.size() + random.nextInt(SHORTEST, LONGEST);
        int[] made = {0};
        return play.play(_ -> {
            int index = made[0]++;
            if (index < prelude.size()) {
                return Optional.of(prelude.get(index));
            }
            return index < length ? Optional.of(generator.next(pair.progress(), pair::isThere)) : Optional.empty();
        });
    }

    /** What counts as the same difference is any that nobody can explain. */
    private Failure shrink(Failure whole) throws IOException {
        Play quiet = new Play(pair, new Rules(rules.all()));
        List<Step> shortest =
                new Shrinker(steps -> quiet.replay(steps).unexplained().isPresent()).shrink(whole.steps());
        Play.Result again = quiet.replay(shortest);
        return again.unexplained()
                .map(difference -> new Failure(again.steps(), difference))
                .orElse(whole);
    }
}
