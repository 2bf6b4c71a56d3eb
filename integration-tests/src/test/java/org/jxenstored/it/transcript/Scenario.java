package org.jxenstored.it.transcript;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jxenstored.engine.EngineConfig;
import org.jxenstored.it.transcript.Step.NumberedStep;

/**
 * One scenario of a transcript file: what it proves and what happens.
 *
 * @param file name of the file
 * @param line where its heading stands
 * @param needs what a world must be able to do
 * @param rules ids of the rules it proves, such as {@code P-READ-4}
 * @param title the sentence
 */
public record Scenario(
        String file, int line, Set<Ability> needs, List<String> rules, String title, List<NumberedStep> steps) {
    private static final Pattern HEADING = Pattern.compile("== (?:\\[(.*?)] )?([A-Z0-9, -]+?): (.*)");

    /** All scenarios of a file, in their order. */
    public static List<Scenario> read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the transcript " + file, e);
        }
        return read(file.getFileName().toString(), lines);
    }

    /** All scenarios in these lines of a file. */
    public static List<Scenario> read(String file, List<String> lines) {
        return new Reader(file, lines).scenarios();
    }

    /** What the engine is told at its start. */
    EngineConfig config() {
        EngineConfig usual = EngineConfig.DEFAULT;
        return new EngineConfig(
                usual.storeDomid(),
                usual.privDomid(),
                usual.quotas(),
                usual.watchEventTimeoutSeconds(),
                needs.contains(Ability.KEEP_ORPHANS),
                usual.socketQueueBytes(),
                EngineConfig.DEFAULT_EVENTS_AT_ONCE);
    }

    @Override
    public String toString() {
        return String.join(", ", rules) + ": " + title;
    }

    /** A loop whose end is not reached yet, or the scenario itself. */
    private record Open(NumberedStep head, List<NumberedStep> steps) {}

    private static final class Reader {
        private final String file;
        private final List<String> lines;
        private final List<Scenario> scenarios = new ArrayList<>();
        private final Deque<Open> open = new ArrayDeque<>();
        private Optional<Matcher> heading = Optional.empty();
        private int headingLine;

        Reader(String file, List<String> lines) {
            this.file = file;
            this.lines = lines;
        }

        List<Scenario> scenarios() {
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (!line.isEmpty() && line.charAt(0) != '#') {
                    try {
                        take(i + 1, line);
                    } catch (IllegalArgumentException e) {
                        throw new IllegalArgumentException(file + ":" + (i + 1) + ": " + e.getMessage(), e);
                    }
                }
            }
            finish();
            return scenarios;
        }

        private void take(int number, String line) {
            if (line.startsWith("==")) {
                finish();
                Matcher match = HEADING.matcher(line);
                if (!match.matches()) {
                    throw new IllegalArgumentException("not a heading: " + line);
                }
                heading = Optional.of(match);
                headingLine = number;
                open.push(new Open(new NumberedStep(number, line, new Step.DomainException()), new ArrayList<>()));
                return;
            }
            if (open.isEmpty()) {
                throw new IllegalArgumentException("a statement before the first heading");
            }
            Optional<Step.Loop> loop = StepParser.loop(line);
            if (loop.isPresent()) {
                open.push(new Open(new NumberedStep(number, line, loop.get()), new ArrayList<>()));
            } else if (line.equals("end")) {
                Open done = open.pop();
                if (!(done.head.step() instanceof Step.Loop(String name, List<String> values, var none))
                        || !none.isEmpty()) {
                    throw new IllegalArgumentException("end without for");
                }
                add(new NumberedStep(
                        done.head.line(), done.head.text(), new Step.Loop(name, values, List.copyOf(done.steps))));
            } else {
                add(new NumberedStep(number, line, StepParser.parse(line)));
            }
        }

        private void add(NumberedStep step) {
            open.element().steps.add(step);
        }

        private void finish() {
            heading.ifPresent(match -> {
                if (open.size() != 1) {
                    throw new IllegalArgumentException("for without end");
                }
                List<NumberedStep> steps = List.copyOf(open.pop().steps);
                EnumSet<Ability> needs = EnumSet.noneOf(Ability.class);
                if (match.group(1) != null) {
                    for (String tag : match.group(1).split(" +", -1)) {
                        needs.add(Ability.valueOf(tag.toUpperCase(Locale.ROOT)));
                    }
                }
                addNeeds(steps, needs);
                scenarios.add(new Scenario(
                        file,
                        headingLine,
                        Collections.unmodifiableSet(needs),
                        List.of(match.group(2).split(", *")),
                        match.group(3),
                        steps));
            });
            heading = Optional.empty();
        }

        private static void addNeeds(List<NumberedStep> steps, Set<Ability> needs) {
            for (NumberedStep step : steps) {
                switch (step.step()) {
                    case Step.Loop loop -> addNeeds(loop.body(), needs);
                    case Step.StoreWord word -> needs.add(Ability.WIRE);
                    case Step.ExpectWord word -> needs.add(Ability.WIRE);
                    case Step.Act act when act.verb() == Step.Verb.IS_SIGNALLED -> needs.add(Ability.WIRE);
                    case Step.Whisper whisper -> needs.add(Ability.WIRE);
                    case Step.Time time -> needs.add(Ability.CLOCK);
                    case Step.DomainStep domain when domain.words().equals("is replaced") -> needs.add(Ability.REUSE);
                    case Step.Exchange exchange when exchange.type().equals("CONTROL") -> needs.add(Ability.CONTROL);
                    default -> {}
                }
            }
        }
    }
}
