package org.jxenstored.it.life;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of text with places for diagrams: a line {@code <!-- diagram: NAME -->}, and behind it, if the diagram has been
 * made, a fenced block of Mermaid.
 */
record DiagramPage(String text) {
    private static final Pattern PLACE =
            Pattern.compile("<!-- diagram: ([a-z0-9-]+) -->\n(?:\n?```mermaid\n(.*?)```\n)?", Pattern.DOTALL);

    /** The diagrams by name, in their order; empty for one that was never made. */
    Map<String, String> diagrams() {
        Map<String, String> found = new LinkedHashMap<>();
        Matcher places = PLACE.matcher(text);
        while (places.find()) {
            String diagram = places.group(2);
            found.put(places.group(1), diagram == null ? "" : diagram);
        }
        return found;
    }

    /** The page with this in place of every diagram. */
    DiagramPage with(UnaryOperator<String> diagramByName) {
        return new DiagramPage(PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(filled(place, diagramByName.apply(place.group(1))))));
    }

    private static String filled(MatchResult place, String diagram) {
        return "<!-- diagram: " + place.group(1) + " -->\n\n```mermaid\n" + diagram + "```\n";
    }
}
