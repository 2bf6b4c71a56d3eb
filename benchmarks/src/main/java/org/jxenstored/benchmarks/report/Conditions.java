package org.jxenstored.benchmarks.report;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jxenstored.testing.ThisMachine;

/**
 * Under which conditions a run took place, as people read it.
 *
 * @param all in the order in which they are shown
 */
public record Conditions(List<Condition> all) {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT);

    /**
     * One of them.
     *
     * @param name without a colon, such as {@code kernel}
     * @param value in one line
     */
    public record Condition(String name, String value) {
        public Condition {
            if (name.contains(":") || name.isBlank()) {
                throw new IllegalArgumentException("the name of a condition is some text without a colon: " + name);
            }
            value = value.replace('\n', ' ').strip();
        }
    }

    public Conditions {
        all = List.copyOf(all);
    }

    /**
     * Looks at this machine. To be called before the run: the machine's load is one of the conditions.
     *
     * @param root of the project
     * @param rounds how often each row is measured against each daemon
     * @param perRound how long a round of one row takes where the work does not set an end itself
     * @param pinning which CPUs the daemon and the load have, in words
     */
    public static Conditions collect(Path root, int rounds, Duration perRound, String pinning) {
        Machine machine = new Machine(root);
        return new Conditions(List.of())
                .with("date", DATE.format(Instant.now().atZone(ZoneOffset.UTC)))
                .with("machine", ThisMachine.processors())
                .with("memory", ThisMachine.memory())
                .with("kernel", ThisMachine.kernel())
                .with("load before", machine.load())
                .with("Java", Runtime.version() + " (" + System.getProperty("java.vendor") + ")")
                .with("C and OCaml", machine.peers())
                .with("jxenstored", machine.project())
                .with("pinned", pinning)
                .with("rounds", rounds + ", the daemons taking turns")
                .with(
                        "length of a round",
                        String.format(
                                Locale.ROOT, "%.1f s, or as long as the work takes", perRound.toMillis() / 1000.0));
    }

    /** These and one more, or with another value if there is one of that name. */
    public Conditions with(String name, String value) {
        List<Condition> more = new ArrayList<>(all);
        Condition added = new Condition(name, value);
        for (int i = 0; i < more.size(); i++) {
            if (more.get(i).name().equals(name)) {
                more.set(i, added);
                return new Conditions(more);
            }
        }
        more.add(added);
        return new Conditions(more);
    }
}
