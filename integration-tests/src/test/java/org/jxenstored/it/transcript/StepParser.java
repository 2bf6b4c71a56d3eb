package org.jxenstored.it.transcript;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads one statement of a transcript; the grammar is in the README beside the transcripts. */
final class StepParser {
    private static final String NAME = "(\\w+|\\$\\{\\w+})";
    private static final Pattern EXCHANGE =
            Pattern.compile(NAME + "(?:#(\\w+))?(?:@" + NAME + ")? (\\S+)(?: ((?!=>)\\S+))? +=> (.*)");
    private static final Pattern RECEIVE = Pattern.compile(NAME + " <= (.*)");
    private static final Pattern WORD = Pattern.compile("(d\\d+) ring (\\S+) (=|is) (\\S+)");
    private static final Pattern WHISPER = Pattern.compile("(d\\d+) whispers (\\S+)");
    private static final Pattern DOMAIN = Pattern.compile("domain (\\S+)(?: (.*))?");
    private static final Pattern TIME = Pattern.compile("time (\\d+) (ms|s)");
    private static final Pattern LET = Pattern.compile("let (\\w+) = (.*)");
    private static final Pattern LOOP = Pattern.compile("for (\\w+) in (.*)");
    private static final Pattern RANGE = Pattern.compile("(\\d+)\\.\\.(\\d+)");
    private static final String LATER = "later";

    private StepParser() {}

    /** Name and values if the line begins a loop. */
    static Optional<Step.Loop> loop(String line) {
        Matcher loop = LOOP.matcher(line);
        if (!loop.matches()) {
            return Optional.empty();
        }
        Matcher range = RANGE.matcher(loop.group(2).strip());
        List<String> values = range.matches()
                ? IntStream.rangeClosed(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)))
                        .mapToObj(Integer::toString)
                        .toList()
                : List.of(loop.group(2).strip().split(" +", -1));
        return Optional.of(new Step.Loop(loop.group(1), values, List.of()));
    }

    static Step parse(String line) {
        Matcher match = TIME.matcher(line);
        if (match.matches()) {
            long number = Long.parseLong(match.group(1));
            return new Step.Time(match.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number));
        }
        match = LET.matcher(line);
        if (match.matches()) {
            return new Step.Let(match.group(1), match.group(2));
        }
        match = DOMAIN.matcher(line);
        if (match.matches()) {
            return new Step.DomainStep(match.group(1), match.group(2) == null ? "" : match.group(2));
        }
        if (line.equals("virq")) {
            return new Step.DomainException();
        }
        if (line.startsWith("differ ")) {
            return new Step.Differ(
                    Arrays.asList(line.substring("differ ".length()).split(" +", -1)));
        }
        return onConnection(line);
    }

    private static Step onConnection(String line) {
        for (Step.Verb verb : Step.Verb.values()) {
            if (line.matches("\\w+ " + verb.words)) {
                return new Step.Act(line.substring(0, line.indexOf(' ')), verb);
            }
        }
        Matcher match = WORD.matcher(line);
        if (match.matches()) {
            return match.group(3).equals("=")
                    ? new Step.StoreWord(match.group(1), match.group(2), match.group(4))
                    : new Step.ExpectWord(match.group(1), match.group(2), match.group(4));
        }
        match = WHISPER.matcher(line);
        if (match.matches()) {
            return new Step.Whisper(match.group(1), match.group(2));
        }
        match = RECEIVE.matcher(line);
        if (match.matches()) {
            return new Step.Receive(match.group(1), expectations(match.group(2)));
        }
        match = EXCHANGE.matcher(line);
        if (match.matches()) {
            String payload = orEmpty(match.group(5));
            List<String> expected = expectations(match.group(6));
            return match.group(4).equals("raw")
                    ? new Step.Raw(match.group(1), payload, expected)
                    : new Step.Exchange(
                            match.group(1),
                            orEmpty(match.group(2)),
                            orEmpty(match.group(3)),
                            match.group(4),
                            payload,
                            expected);
        }
        throw new IllegalArgumentException("this is no statement: " + line);
    }

    private static List<String> expectations(String text) {
        return text.strip().equals(LATER) ? List.of() : List.of(text.strip().split(" \\| ", -1));
    }

    private static String orEmpty(@Nullable String group) {
        return group == null ? "" : group;
    }
}
