package org.jxenstored.benchmarks.differential;

import java.util.ArrayList;
import java.util.List;
import org.jxenstored.protocol.MessageType;

/** Answers and events without what each daemon chooses for itself. */
final class Normal {
    private Normal() {}

    /** Ids of transactions and generations of nodes become a word; what should be a number and is none stays. */
    static Answer answer(Step step, Answer answer) {
        if (!(step instanceof Step.Call call) || !answer.isOk()) {
            return answer;
        }
        if (call.is(MessageType.TRANSACTION_START)) {
            return answer.with(answer.payload().replaceFirst("^[1-9][0-9]{0,9}\0$", "an id"));
        }
        if (call.is(MessageType.DIRECTORY_PART)) {
            return answer.with(answer.payload().replaceFirst("^[0-9]{1,20}\0", "a generation "));
        }
        return answer;
    }

    static List<Difference> events(
            Step step, Who who, List<String> fromC, List<String> fromOurs, Circumstances circumstances) {
        if (fromC.equals(fromOurs)) {
            return List.of();
        }
        List<Difference> found = new ArrayList<>();
        for (String event : without(fromC, fromOurs)) {
            found.add(new Difference(step, Difference.What.ONLY_C, who, Escape.shown(event), "nothing", circumstances));
        }
        for (String event : without(fromOurs, fromC)) {
            found.add(new Difference(
                    step, Difference.What.ONLY_OURS, who, "nothing", Escape.shown(event), circumstances));
        }
        List<String> bothInC = new ArrayList<>(fromC);
        without(fromC, fromOurs).forEach(bothInC::remove);
        List<String> bothInOurs = new ArrayList<>(fromOurs);
        without(fromOurs, fromC).forEach(bothInOurs::remove);
        if (!bothInC.equals(bothInOurs)) {
            found.add(
                    new Difference(step, Difference.What.ORDER, who, shown(bothInC), shown(bothInOurs), circumstances));
        }
        return found;
    }

    private static List<String> without(List<String> all, List<String> others) {
        List<String> rest = new ArrayList<>(all);
        others.forEach(rest::remove);
        return rest;
    }

    private static String shown(List<String> events) {
        return events.stream().map(Escape::shown).toList().toString();
    }
}
