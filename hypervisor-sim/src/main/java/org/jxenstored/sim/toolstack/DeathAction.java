package org.jxenstored.sim.toolstack;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a toolstack does when a guest has shut down by itself. */
public enum DeathAction {
    DESTROY,
    /** Destroys it and creates it again under a new domid (L-REUSE-3). */
    RESTART,
    /** Leaves it as it is, for people to look at (L-KILL-6). */
    PRESERVE,
    /** Starts it anew in the same domain (L-SUSP-9); only for a guest that asked for it. */
    SOFT_RESET;

    /** As users write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The action of this word, empty if there is none. */
    public static Optional<DeathAction> of(String word) {
        return Arrays.stream(values())
                .filter(action -> action.word().equals(word))
                .findFirst();
    }

    /** The words that fit every shutdown, for people. */
    public static String words() {
        return Arrays.stream(values())
                .filter(action -> action != SOFT_RESET)
                .map(DeathAction::word)
                .collect(Collectors.joining("|"));
    }
}
