package org.jxenstored.benchmarks.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jxenstored.benchmarks.daemon.Kind;

/** All measurements of a run, row by row in the order in which the rows first came. For one thread. */
public final class Results {
    private final Map<String, List<Measurement>> byName = new LinkedHashMap<>();

    /**
     * Adds one round.
     *
     * @throws IllegalArgumentException if another row has the same name, or the daemon's round is there already
     */
    public void add(Measurement measurement) {
        RowId row = measurement.row();
        List<Measurement> known = byName.computeIfAbsent(row.name(), name -> new ArrayList<>());
        for (Measurement other : known) {
            if (!other.row().equals(row)) {
                throw new IllegalArgumentException("two rows have the name " + row.name() + "; give one another name");
            }
            if (other.daemon() == measurement.daemon() && other.round() == measurement.round()) {
                throw new IllegalArgumentException(
                        row.name() + ": round " + measurement.round() + " of " + other.daemon() + " came twice");
            }
        }
        known.add(measurement);
    }

    /** As they were added, but row by row. */
    public List<Measurement> measurements() {
        return byName.values().stream().flatMap(List::stream).toList();
    }

    public List<RowResult> rows() {
        return byName.values().stream().map(Results::result).toList();
    }

    private static RowResult result(List<Measurement> measurements) {
        Map<Kind, List<Measurement>> byDaemon = new EnumMap<>(Kind.class);
        for (Measurement measurement : measurements) {
            byDaemon.computeIfAbsent(measurement.daemon(), kind -> new ArrayList<>())
                    .add(measurement);
        }
        Map<Kind, Sample> samples = new EnumMap<>(Kind.class);
        byDaemon.forEach((kind, rounds) -> samples.put(kind, new Sample(kind, rounds)));
        return new RowResult(measurements.getFirst().row(), samples);
    }
}
