package org.jxenstored.it.transcript;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The notation of bytes in transcripts: escapes, repetitions, and placeholders in expectations.
 *
 * <p>Bytes are kept as strings of one character each, below 256.
 */
final class Text {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern REPEAT = Pattern.compile("(\\d+)\\*(.*)", Pattern.DOTALL);
    private static final Pattern SEQUENCE = Pattern.compile("(\\d+)\\.\\.(\\d+):(.*)", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("u32:(\\d+|0x[0-9a-f]+)");
    private static final Pattern PLACEHOLDER = Pattern.compile("(?:(\\w+)=)?(n|b|any)");
    private static final Map<String, String> PLACEHOLDERS = Map.of("n", "[0-9]+", "b", " +", "any", ".*");

    private Text() {}

    /** The bytes of a text without placeholders. */
    static String bytes(String text, Map<String, String> variables) {
        StringBuilder bytes = new StringBuilder();
        for (Part part : parts(substitute(text, variables))) {
            if (!(part instanceof Literal(String literal))) {
                throw new IllegalArgumentException("a placeholder stands where bytes are sent: " + text);
            }
            bytes.append(literal);
        }
        return bytes.toString();
    }

    /** Whether these bytes are what the text describes; captures go into the variables. */
    static boolean matches(String text, String bytes, Map<String, String> variables) {
        List<String> captures = new ArrayList<>();
        StringBuilder regex = new StringBuilder();
        for (Part part : parts(substitute(text, variables))) {
            switch (part) {
                case Literal(String literal) -> regex.append(Pattern.quote(literal));
                case Placeholder(String name, String kind) -> {
                    regex.append('(').append(PLACEHOLDERS.get(kind)).append(')');
                    captures.add(name);
                }
            }
        }
        Matcher matcher = Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(bytes);
        if (!matcher.matches()) {
            return false;
        }
        for (int i = 0; i < captures.size(); i++) {
            if (!captures.get(i).isEmpty()) {
                variables.put(captures.get(i), matcher.group(i + 1));
            }
        }
        return true;
    }

    /** The text with each <code>${name}</code> replaced. */
    static String substitute(String text, Map<String, String> variables) {
        return VARIABLE.matcher(text).replaceAll(found -> {
            String value = variables.get(found.group(1));
            if (value == null) {
                throw new IllegalArgumentException("nothing was captured as " + found.group(1));
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private sealed interface Part {}

    private record Literal(String bytes) implements Part {}

    private record Placeholder(String name, String kind) implements Part {}

    private static List<Part> parts(String text) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int length = 1;
            if (c == '\\') {
                length = text.charAt(at + 1) == 'x' ? 4 : 2;
                parts.add(new Literal(escape(text.substring(at, at + length))));
            } else if (c == '{') {
                length = text.indexOf('}', at) + 1 - at;
                parts.add(macro(text.substring(at + 1, at + length - 1)));
            } else {
                parts.add(new Literal(String.valueOf(c)));
            }
            at += length;
        }
        return parts;
    }

    private static String escape(String escape) {
        return switch (escape.charAt(1)) {
            case '0' -> "\0";
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case 's' -> " ";
            case '\\' -> "\\";
            case 'x' -> String.valueOf((char) Integer.parseInt(escape.substring(2), 16));
            default -> throw new IllegalArgumentException("unknown escape " + escape);
        };
    }

    private static Part macro(String body) {
        Matcher repeat = REPEAT.matcher(body);
        if (repeat.matches()) {
            return new Literal(bytes(repeat.group(2), Map.of()).repeat(Integer.parseInt(repeat.group(1))));
        }
        Matcher sequence = SEQUENCE.matcher(body);
        if (sequence.matches()) {
            StringBuilder all = new StringBuilder();
            for (int i = Integer.parseInt(sequence.group(1)); i <= Integer.parseInt(sequence.group(2)); i++) {
                all.append(bytes(sequence.group(3).replace("#", Integer.toString(i)), Map.of()));
            }
            return new Literal(all.toString());
        }
        Matcher word = WORD.matcher(body);
        if (word.matches()) {
            byte[] bytes = ByteBuffer.allocate(4)
                    .order(ByteOrder.nativeOrder())
                    .putInt(Long.decode(word.group(1)).intValue())
                    .array();
            return new Literal(new String(bytes, StandardCharsets.ISO_8859_1));
        }
        Matcher placeholder = PLACEHOLDER.matcher(body);
        if (placeholder.matches()) {
            String name = placeholder.group(1);
            return new Placeholder(name == null ? "" : name, placeholder.group(2));
        }
        throw new IllegalArgumentException("unknown macro {" + body + "}");
    }
}
