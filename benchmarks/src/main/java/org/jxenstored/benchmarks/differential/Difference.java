package org.jxenstored.benchmarks.differential;

/**
 * Something that is not the same with both daemons.
 *
 * @param step what was done
 * @param what where the difference is
 * @param who whose reply or event it is
 * @param c what the daemon in C said
 * @param ours what this one said
 */
record Difference(Step step, What what, Who who, String c, String ours, Circumstances circumstances) {
    enum What {
        REPLY,
        /** An event that only the daemon in C sends; it is in {@link Difference#c}. */
        ONLY_C,
        /** An event that only this daemon sends; it is in {@link Difference#ours}. */
        ONLY_OURS,
        /** The same events in another order. */
        ORDER,
        /** The store at the end, or who is introduced. */
        STATE
    }

    /** What it has in common with others that may have the same cause. */
    String kind() {
        String type = step instanceof Step.Call call ? Script.typeName(call.type()) : "";
        String both = what == What.REPLY ? " " + word(c) + " " + word(ours) : "";
        return what + " " + type + (who.isGuest() ? " guest" : " socket") + both;
    }

    private static String word(String answer) {
        return answer.startsWith("\"") ? "ok" : answer;
    }

    @Override
    public String toString() {
        return what + " of " + who.word() + " to " + Script.line(step) + "\n  C:    " + c + "\n  ours: " + ours;
    }
}
