package org.jxenstored.benchmarks.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.jxenstored.benchmarks.daemon.Kind;

/**
 * A run as comma-separated values: a line for each round, with all its latencies, so that the page can be made again.
 *
 * <p>First come the conditions, each behind a {@code #}. The latencies are HdrHistogram's compressed form in base 64, as in
 * the last column of its logs, in nanoseconds; the percentiles beside them are of this round alone, in microseconds, for
 * people and spreadsheets, and are not read.
 */
public final class ResultsFile {
    private static final String COMMENT = "# ";
    private static final String HEADER = "group,row,figure_kind,goal,least_ratio,most,p99_not_worse,"
            + "daemon,round,figure,p50_us,p99_us,p999_us,note,latencies";
    private static final int COLUMNS = HEADER.split(",").length;

    private ResultsFile() {}

    /**
     * Writes it anew, all or nothing, so that it can be called after each round of all rows and a run that breaks leaves
     * something. It takes a second or two for a long run: not to be called while anything is measured.
     */
    public static void write(Path file, Run run) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Conditions.Condition condition : run.conditions().all()) {
            lines.add(COMMENT + condition.name() + ": " + condition.value());
        }
        lines.add(HEADER);
        for (Measurement measurement : run.results().measurements()) {
            lines.add(line(measurement));
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.write(unfinished, lines);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if it cannot be read, or is not such a file; the message names the line
     */
    public static Run read(Path file) throws IOException {
        Conditions conditions = new Conditions(List.of());
        Results results = new Results();
        boolean inTable = false;
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            try {
                if (inTable) {
                    results.add(measurement(Csv.cells(line)));
                } else if (line.startsWith(COMMENT)) {
                    String[] parts = line.substring(COMMENT.length()).split(": ?", 2);
                    conditions = conditions.with(parts[0], parts.length > 1 ? parts[1] : "");
                } else if (line.equals(HEADER)) {
                    inTable = true;
                } else {
                    throw new IllegalArgumentException("the columns are not those this version writes");
                }
            } catch (IllegalArgumentException | DataFormatException e) {
                throw new IOException(
                        file + ", line " + number + ": " + e.getMessage() + "; run benchmarks/compare anew", e);
            }
        }
        return new Run(conditions, results);
    }

    private static String line(Measurement measurement) {
        RowId row = measurement.row();
        Goal goal = row.goal();
        Sample alone = new Sample(measurement.daemon(), List.of(measurement));
        return Csv.line(List.of(
                row.group(),
                row.name(),
                row.figure().name(),
                goal.text(),
                Double.toString(goal.leastRatio()),
                Double.toString(goal.most()),
                Boolean.toString(goal.p99NotWorse()),
                measurement.daemon().name(),
                Integer.toString(measurement.round()),
                Double.toString(measurement.figure()),
                Double.toString(alone.p50()),
                Double.toString(alone.p99()),
                Double.toString(alone.p999()),
                measurement.note(),
                encoded(measurement.latencies())));
    }

    private static Measurement measurement(List<String> cells) throws DataFormatException {
        if (cells.size() != COLUMNS) {
            throw new IllegalArgumentException(cells.size() + " cells instead of " + COLUMNS);
        }
        Goal goal = new Goal(
                cells.get(3),
                Double.parseDouble(cells.get(4)),
                Double.parseDouble(cells.get(5)),
                Boolean.parseBoolean(cells.get(6)));
        RowId row = new RowId(cells.get(0), cells.get(1), Figure.valueOf(cells.get(2)), goal);
        return new Measurement(
                row,
                Kind.valueOf(cells.get(7)),
                Integer.parseInt(cells.get(8)),
                Double.parseDouble(cells.get(9)),
                decoded(cells.get(14)),
                cells.get(13));
    }

    private static String encoded(@Nullable Histogram latencies) {
        if (latencies == null) {
            return "";
        }
        ByteBuffer buffer = ByteBuffer.allocate(latencies.getNeededByteBufferCapacity());
        int length = latencies.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    private static @Nullable Histogram decoded(String latencies) throws DataFormatException {
        return latencies.isEmpty()
                ? null
                : Histogram.decodeFromCompressedByteBuffer(
                        ByteBuffer.wrap(Base64.getDecoder().decode(latencies)), 0);
    }
}
