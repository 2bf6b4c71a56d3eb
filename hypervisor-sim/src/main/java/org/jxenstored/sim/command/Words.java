package org.jxenstored.sim.command;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jxenstored.protocol.Numbers;

/**
 * What was typed after a subcommand: operands and options.
 *
 * <p>Options are given as {@code --name} (no value), {@code --name=} (a value, after {@code =} or as the next word) or
 * {@code --name[=]} (a value only after {@code =}). They may stand anywhere and be repeated.
 */
final class Words {
    private final List<String> operands = new ArrayList<>();
    private final Map<String, List<String>> values = new TreeMap<>();

    private Words() {}

    /** Sorts them; refuses an option that is not among the known ones, or lacks its value. */
    static Words of(List<String> typed, List<String> known) throws BadUsageException {
        Words words = new Words();
        Iterator<String> rest = typed.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.startsWith("-") && word.length() > 1) {
                words.takeOption(word, rest, known);
            } else {
                words.operands.add(word);
            }
        }
        return words;
    }

    private void takeOption(String word, Iterator<String> rest, List<String> known) throws BadUsageException {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        List<String> given = values.computeIfAbsent(name, _ -> new ArrayList<>());
        if (equals >= 0 && (known.contains(name + "=") || known.contains(name + "[=]"))) {
            given.add(word.substring(equals + 1));
        } else if (equals < 0 && known.contains(name + "=") && rest.hasNext()) {
            given.add(rest.next());
        } else if (equals < 0 && (known.contains(name) || known.contains(name + "[=]"))) {
            given.add("");
        } else {
            throw new BadUsageException("the option '" + word + "' is not known here, or lacks its value");
        }
    }

    List<String> operands() {
        return List.copyOf(operands);
    }

    /** The only operand; refused if there is none or more. */
    String single(String what) throws BadUsageException {
        if (operands.size() != 1) {
            throw new BadUsageException("exactly one " + what + " is needed, not " + operands.size());
        }
        return operands.getFirst();
    }

    boolean has(String option) {
        return values.containsKey(option);
    }

    /** The values of all uses of an option, empty text for those without. */
    List<String> all(String option) {
        return List.copyOf(values.getOrDefault(option, List.of()));
    }

    /** The last value given. */
    Optional<String> last(String option) {
        List<String> all = all(option);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /** A value that is a number; refused if it is none or too large. */
    OptionalInt number(String option, int least, int most) throws BadUsageException {
        Optional<String> text = last(option);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        OptionalInt number = Numbers.decimalInt(text.get(), most);
        if (number.isEmpty() || number.getAsInt() < least) {
            throw new BadUsageException(option + "=" + text.get() + " is not a number from " + least + " to " + most);
        }
        return number;
    }
}
