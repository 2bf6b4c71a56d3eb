package org.jxenstored.it.search;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jxenstored.testing.FiguresFile;

/** Plays the scripts of many seeds, and tells of those that fail how to repeat them and what is needed for it. */
public final class Search {
    private static final String COMMAND = "benchmarks/search";
    private static final int FAILURES_MAX = 20;

    private final PrintStream out;
    private final StringBuilder explained = new StringBuilder();
    private long scripts;
    private long deeds;
    private long requests;
    private long kills;
    private long failures;

    Search(PrintStream out) {
        this.out = out;
    }

    long failures() {
        return failures;
    }

    long kills() {
        return kills;
    }

    /** All failures in words. */
    String explained() {
        return explained.toString();
    }

    /** Plays so many scripts, from this seed on; ends early once many have failed. */
    void play(long first, long count) throws Exception {
        playWhile(first, () -> scripts < count);
    }

    private void playWhile(long first, BooleanSupplier goesOn) throws Exception {
        for (long seed = first; goesOn.getAsBoolean() && failures < FAILURES_MAX; seed++) {
            Script script = Scripts.of(seed);
            Script.Played played = script.play();
            scripts++;
            deeds += played.deeds();
            requests += played.requests();
            kills += played.kills();
            if (played.failure().isPresent()) {
                failures++;
                explain(script, played.failure().get());
            }
        }
        out.println("seeds " + first + " to " + (first + scripts - 1) + ": " + requests + " requests, " + kills
                + " daemons killed, " + failures + " failures");
    }

    private void explain(Script script, Script.Failure failure) throws Exception {
        StringBuilder text = new StringBuilder("seed " + script.seed() + " fails: "
                + words(failure.cause())
                + "\nTo repeat it: " + COMMAND + " --seed " + script.seed() + " --seeds 1");
        if (failures <= 3) {
            Script shortest = new Shrinker().shrink(script);
            Optional<Script.Failure> left = shortest.play().failure();
            text.append("\nThe shortest script that fails, with ")
                    .append(left.map(found -> words(found.cause())).orElse("nothing"))
                    .append(": ")
                    .append(shortest);
        }
        explained.append(text).append('\n');
        out.println(text);
    }

    /** What an assertion says; of anything else where it comes from. */
    private static String words(Throwable cause) {
        return cause instanceof AssertionError && cause.getMessage() != null ? cause.getMessage() : stackOf(cause);
    }

    private static String stackOf(Throwable cause) {
        StringWriter text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** The command line; see {@code --help}. */
    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.read(List.of(arguments));
        if (settings.help()) {
            System.out.println(Settings.HELP);
            return;
        }
        Search search = new Search(System.out);
        long begin = System.nanoTime();
        long end = begin + Duration.ofMinutes(settings.minutes()).toNanos();
        if (settings.minutes() > 0) {
            search.playWhile(settings.seed(), () -> System.nanoTime() - end < 0);
        } else {
            search.play(settings.seed(), settings.seeds());
        }
        long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
        if (settings.figures().isPresent()) {
            search.write(settings.figures().get(), settings, seconds);
        }
        System.exit(search.failures == 0 ? 0 : 1);
    }

    private void write(Path file, Settings settings, long seconds) throws IOException {
        String outcome = failures == 0
                ? "every answer and every event was that of a serial history, and no kill lost or repeated anything"
                : failures + " scripts showed something that no serial history explains";
        new FiguresFile("Deterministic simulation", COMMAND + " " + settings.words(), failures == 0, outcome)
                .add("seeds", settings.seed() + " to " + (settings.seed() + scripts - 1))
                .add("machines simulated", scripts)
                .add("deeds", deeds)
                .add("requests served and compared", requests)
                .add("daemons killed and started again", kills)
                .add("failures", failures)
                .add("seconds", seconds)
                .write(file);
    }
}
