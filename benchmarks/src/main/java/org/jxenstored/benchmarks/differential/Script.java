package org.jxenstored.benchmarks.differential;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jxenstored.protocol.MessageType;

/** A sequence of steps as text, one to a line: {@code s0 WRITE - "/a\0b"}. */
final class Script {
    private static final String STARTS = " = t";

    private Script() {}

    static String line(Step step) {
        String who = step.who().word();
        return switch (step) {
            case Step.Reopen _ -> who + " reopen";
            case Step.Oversize _ -> who + " oversize";
            case Step.Replace _ -> who + " replace";
            case Step.Call call ->
                who + " " + typeName(call.type()) + " " + call.transaction() + " " + Escape.shown(call.payload())
                        + call.starts().map(handle -> STARTS + handle).orElse("");
        };
    }

    static String text(List<Step> steps) {
        return steps.stream().map(Script::line).collect(Collectors.joining("\n"));
    }

    static String typeName(int type) {
        return MessageType.of(type).map(Enum::name).orElse(Integer.toUnsignedString(type));
    }

    /** Empty lines and lines that begin with {@code #} say nothing. */
    static List<Step> read(List<String> lines) {
        return lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(Script::step)
                .toList();
    }

    private static Step step(String line) {
        String[] words = line.split(" ", 4);
        if (words.length < 2) {
            throw new IllegalArgumentException("this is no step: " + line);
        }
        Who who = Who.of(words[0]);
        return switch (words[1]) {
            case "reopen" -> new Step.Reopen(who);
            case "oversize" -> new Step.Oversize(who);
            case "replace" -> new Step.Replace(who);
            default -> call(who, words, line);
        };
    }

    private static Step call(Who who, String[] words, String line) {
        if (words.length < 4) {
            throw new IllegalArgumentException("a request is WHO TYPE TRANSACTION \"PAYLOAD\": " + line);
        }
        int end = words[3].lastIndexOf('"') + 1;
        String behind = words[3].substring(end);
        Optional<Integer> starts = behind.startsWith(STARTS)
                ? Optional.of(Integer.parseInt(behind.substring(STARTS.length())))
                : Optional.empty();
        return new Step.Call(
                who, type(words[1]), TransactionRef.of(words[2]), Escape.read(words[3].substring(0, end)), starts);
    }

    private static int type(String word) {
        return Character.isDigit(word.charAt(0))
                ? Integer.parseUnsignedInt(word)
                : MessageType.valueOf(word).number();
    }
}
