package org.jxenstored.it.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the clients of a stock xenstored said on real Xen, and what they were answered, as a transcript.
 *
 * @param name the file's name
 */
record Recording(String name, List<String> lines) {
    static final Path DIRECTORY = Path.of("src", "test", "resources", "recordings");
    private static final Pattern REQUEST = Pattern.compile("([a-z]\\w*?)_?(\\d+)(?:@\\d+)? ([A-Z_]+)(?: \\S+)? => .*");

    static Recording read(String name) {
        Path file = DIRECTORY.resolve(name);
        try {
            return new Recording(name, List.copyOf(Files.readAllLines(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the recording " + file.toAbsolutePath(), e);
        }
    }

    /** How often each kind of client asked for each operation; the kinds are programs, dom0's kernel and guests. */
    Map<String, Map<String, Integer>> census() {
        Map<String, Map<String, Integer>> census = new TreeMap<>();
        for (String line : lines) {
            Matcher request = REQUEST.matcher(line);
            if (request.matches()) {
                census.computeIfAbsent(kind(request.group(1), request.group(2)), kind -> new TreeMap<>())
                        .merge(request.group(3), 1, Integer::sum);
            }
        }
        return census;
    }

    private static String kind(String program, String number) {
        if (!program.equals("d")) {
            return program.replace('_', '-');
        }
        return number.equals("0") ? "dom0's kernel" : "guests";
    }
}
