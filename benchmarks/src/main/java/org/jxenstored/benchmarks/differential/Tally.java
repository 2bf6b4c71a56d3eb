package org.jxenstored.benchmarks.differential;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jxenstored.protocol.MessageType;

/** How many steps of which kind there were. */
final class Tally {
    private final Map<String, Integer> counts = new TreeMap<>();
    private int sequences;
    private int total;

    void add(Collection<Step> sequence) {
        sequences++;
        total += sequence.size();
        sequence.forEach(step -> counts.merge(kind(step), 1, Integer::sum));
    }

    private static String kind(Step step) {
        return switch (step) {
            case Step.Call call -> MessageType.of(call.type()).map(Enum::name).orElse("of no known type");
            case Step.Reopen _ -> "a socket closed and opened anew";
            case Step.Oversize _ -> "a payload that is too long";
            case Step.Replace _ -> "a domain destroyed, and a new one with its number";
        };
    }

    int total() {
        return total;
    }

    int sequences() {
        return sequences;
    }

    /** Most frequent first, in words such as {@code READ 2201}. */
    List<String> kinds() {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .toList();
    }
}
