package org.jxenstored.sim.xenbus;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.jxenstored.sim.host.Mapping;

/** Question and answer in the pages of a device's rings, which prove that both ends see the same memory. */
final class Echo {
    private static final ValueLayout.OfInt WORD = ValueLayout.JAVA_INT;
    private static final long QUESTION = 0;
    private static final long ANSWER = WORD.byteSize();

    private Echo() {}

    /** The frontend's part: puts another question into each page. */
    static void ask(List<Mapping> pages, int number) {
        for (int i = 0; i < pages.size(); i++) {
            pages.get(i).bytes().set(WORD, QUESTION, number + i);
        }
    }

    /** The backend's part; true if there was something to answer. */
    static boolean answer(List<Mapping> pages) {
        boolean answered = false;
        for (Mapping mapping : pages) {
            MemorySegment page = mapping.bytes();
            int question = page.get(WORD, QUESTION);
            if (question != 0 && page.get(WORD, ANSWER) != ~question) {
                page.set(WORD, ANSWER, ~question);
                answered = true;
            }
        }
        return answered;
    }

    /** True if all questions of this number are answered. */
    static boolean isAnswered(List<Mapping> pages, int number) {
        for (int i = 0; i < pages.size(); i++) {
            if (pages.get(i).bytes().get(WORD, ANSWER) != ~(number + i)) {
                return false;
            }
        }
        return true;
    }
}
