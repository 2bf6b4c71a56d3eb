package org.jxenstored.it.recording;

import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a recording holds: who asked for what how often, how many events came, and what happened to domains. */
final class Census {
    static final String KERNEL = "dom0's kernel";
    static final String GUESTS = "guests";
    private static final Pattern SPEAKER = Pattern.compile("(([a-z]\\w*?)_?(\\d+))(?:@\\w+)? (.*)");
    private static final Pattern REQUEST = Pattern.compile("([A-Z_0-9]+)(?: \\S+)? => .*");
    private static final Pattern EVENT = Pattern.compile("(?:=>|<=|\\|) event ");
    private static final Pattern DEED = Pattern.compile("domain \\d+ (.*?)(?: quietly)?");
    private static final Pattern IN_README =
            Pattern.compile("(?<=<!-- what is recorded -->\n).*(?=<!-- end -->)", Pattern.DOTALL);

    private static final class Kind {
        final Set<String> connections = new TreeSet<>();
        final Map<String, Integer> requests = new TreeMap<>();
        int events;
    }

    private final Map<String, Kind> kinds = new TreeMap<>();
    private final Map<String, Integer> deeds = new TreeMap<>();

    private Census() {}

    static Census of(List<String> lines) {
        Census census = new Census();
        lines.forEach(census::count);
        return census;
    }

    private void count(String line) {
        Matcher deed = DEED.matcher(line);
        Matcher speaker = SPEAKER.matcher(line);
        if (deed.matches()) {
            deeds.merge(deed.group(1), 1, Integer::sum);
        } else if (speaker.matches()) {
            Kind kind = kinds.computeIfAbsent(kind(speaker.group(2), speaker.group(3)), name -> new Kind());
            kind.connections.add(speaker.group(1));
            Matcher request = REQUEST.matcher(speaker.group(4));
            if (request.matches()) {
                kind.requests.merge(request.group(1), 1, Integer::sum);
            }
            kind.events += (int) EVENT.matcher(line).results().count();
        }
    }

    private static String kind(String program, String number) {
        if (!program.equals("d")) {
            return program.replace('_', '-');
        }
        return number.equals("0") ? KERNEL : GUESTS;
    }

    /** How often clients of this kind asked for each operation. */
    Map<String, Integer> requests(String kind) {
        return kinds.getOrDefault(kind, new Kind()).requests;
    }

    /** How often each thing happened to a domain. */
    Map<String, Integer> deeds() {
        return deeds;
    }

    /** The page with the tables between its two marks. */
    String putInto(String page) {
        Matcher place = IN_README.matcher(page);
        if (!place.find()) {
            throw new IllegalArgumentException("the page has no place for what is recorded");
        }
        return place.replaceFirst(Matcher.quoteReplacement(tables()));
    }

    private String tables() {
        StringBuilder tables = new StringBuilder("""

                | Clients | Connections | Events | Requests |
                |---|---|---|---|
                """);
        kinds.forEach((name, kind) -> tables.append("| %s | %d | %d | %s |\n"
                .formatted(name, kind.connections.size(), kind.events, inWords(kind.requests))));
        return tables.append("\nDomains: ")
                .append(inWords(deeds))
                .append(".\n\n")
                .toString();
    }

    private static String inWords(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .sorted(Entry.<String, Integer>comparingByValue().reversed().thenComparing(Entry.comparingByKey()))
                .map(count -> count.getKey() + " " + count.getValue())
                .collect(Collectors.joining(", "));
    }
}
