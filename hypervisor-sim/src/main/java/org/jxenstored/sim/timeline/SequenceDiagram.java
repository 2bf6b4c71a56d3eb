package org.jxenstored.sim.timeline;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A timeline as a Mermaid sequence diagram, which GitHub and many editors draw.
 *
 * <p>Xen, xenstored and the toolstack stand to the left, the others follow as they come. The same steps always give
 * the same text.
 */
public final class SequenceDiagram {
    private static final List<Party> FIRST = List.of(Party.XEN, Party.XENSTORED, Party.TOOLSTACK);

    /** What has a meaning of its own in Mermaid, or in the HTML that it makes. */
    private static final String SPECIAL = "#;%$&<>";

    private final Map<Party, String> ids = new LinkedHashMap<>();

    private SequenceDiagram(List<Party> first, List<Happening> happenings) {
        for (Party party : inOrder(first, happenings)) {
            ids.put(party, "p" + ids.size());
        }
    }

    /**
     * The text of a diagram.
     *
     * @param title stands above it, if it is not empty
     */
    public static String of(String title, List<Happening> happenings) {
        return of(title, FIRST, happenings);
    }

    /**
     * The same with another order of the parties.
     *
     * @param first stand to the left in this order, as far as they take part
     */
    public static String of(String title, List<Party> first, List<Happening> happenings) {
        StringBuilder text = new StringBuilder("sequenceDiagram\n");
        if (!title.isEmpty()) {
            text.append("    title ").append(name(title)).append('\n');
        }
        SequenceDiagram diagram = new SequenceDiagram(first, happenings);
        diagram.ids.forEach((party, id) -> text.append("    participant ")
                .append(id)
                .append(" as ")
                .append(name(party.name()))
                .append('\n'));
        happenings.forEach(
                happening -> text.append("    ").append(diagram.step(happening)).append('\n'));
        return text.toString();
    }

    private static Set<Party> inOrder(List<Party> first, List<Happening> happenings) {
        Set<Party> seen = new LinkedHashSet<>();
        for (Happening happening : happenings) {
            seen.add(happening.from());
            seen.add(happening.to());
        }
        Set<Party> ordered = new LinkedHashSet<>(first);
        ordered.retainAll(seen);
        ordered.addAll(seen);
        return ordered;
    }

    private String step(Happening happening) {
        String from = id(happening.from());
        String to = id(happening.to());
        String parties = from.equals(to) ? "Note over " + from : from + "->>" + to;
        return parties + ": " + words(happening.what());
    }

    private String id(Party party) {
        return ids.getOrDefault(party, "");
    }

    private static String name(String text) {
        return words(text).replace(":", code(':')).replace(",", code(','));
    }

    private static String words(String text) {
        StringBuilder words = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (Character.isISOControl(point)) {
                words.append(' ');
            } else if (SPECIAL.indexOf(point) >= 0) {
                words.append(code(point));
            } else {
                words.appendCodePoint(point);
            }
        });
        // A colon directly after this word would be a command for the layout.
        return words.toString().replace("wrap:", "wrap" + code(':'));
    }

    private static String code(int point) {
        return "#" + point + ";";
    }
}
