package org.jxenstored.it.recording;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines that are other ones here.
 *
 * @param rule the rule that says so, and the reason
 * @param stock what such a line looks like, the whole of it
 * @param ours what stands there instead, with the groups of {@code stock} as <code>$1</code>
 */
record Rewording(String rule, Pattern stock, String ours) implements Difference {
    @Override
    public List<String> in(List<String> lines) {
        return lines.stream().anyMatch(stock.asMatchPredicate())
                ? lines.stream().map(this::reword).toList()
                : List.of();
    }

    private String reword(String line) {
        Matcher matcher = stock.matcher(line);
        return matcher.matches() ? matcher.replaceFirst(ours) : line;
    }
}
