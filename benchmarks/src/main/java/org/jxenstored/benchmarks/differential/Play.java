package org.jxenstored.benchmarks.differential;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays sequences to both daemons and judges what was different. */
final class Play {
    private final Pair pair;
    private final Rules rules;
    private List<Step> previous = List.of();

    Play(Pair pair, Rules rules) {
        this.pair = pair;
        this.rules = rules;
    }

    /**
     * How a sequence went.
     *
     * @param steps what was done, until the end or the first difference nobody can explain
     * @param unexplained that difference
     */
    record Result(List<Step> steps, Optional<Difference> unexplained) {}

    /** Where steps come from. */
    @FunctionalInterface
    interface Source {
        /** Empty at the end. */
        Optional<Step> next(Pair pair);
    }

    /** A sequence that is known already. */
    Result replay(List<Step> steps) throws IOException {
        List<Step> rest = new ArrayList<>(steps.reversed());
        return play(_ -> rest.isEmpty() ? Optional.empty() : Optional.of(rest.removeLast()));
    }

    /** From a fresh start to the end, or until the stores may be different for a reason. */
    Result play(Source source) throws IOException {
        List<Step> steps = new ArrayList<>();
        try {
            return play(source, steps);
        } catch (IOException e) {
            throw new IOException("after these steps: " + e.getMessage() + "\n" + Script.text(steps), e);
        }
    }

    private Result play(Source source, List<Step> steps) throws IOException {
        try {
            pair.startOver();
        } catch (IOException e) {
            throw new IOException(e.getMessage() + ", after this sequence:\n" + Script.text(previous), e);
        }
        previous = steps;
        for (Optional<Step> next = source.next(pair); next.isPresent(); next = source.next(pair)) {
            Step step = next.get();
            steps.add(step);
            Verdict verdict = judge(pair.play(step));
            if (verdict.unexplained().isPresent() || verdict.parts()) {
                return new Result(steps, verdict.unexplained());
            }
        }
        return new Result(steps, judge(pair.compareStores(steps.getLast())).unexplained());
    }

    private record Verdict(Optional<Difference> unexplained, boolean parts) {}

    /** Once it is explained why the replies part, what follows from that needs no explanation of its own. */
    private Verdict judge(List<Difference> differences) {
        for (Difference difference : differences) {
            Optional<Rule> rule = rules.explain(difference);
            if (rule.isEmpty()) {
                return new Verdict(Optional.of(difference), false);
            }
            if (rule.get().parts()) {
                return new Verdict(Optional.empty(), true);
            }
        }
        return new Verdict(Optional.empty(), false);
    }
}
