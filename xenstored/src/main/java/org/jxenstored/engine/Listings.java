package org.jxenstored.engine;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Children;
import org.jxenstored.transaction.Answer;

/**
 * Makes the payloads of answers, and remembers the latest full listings: who reads a long one piece by piece
 * (P-DIRP) does not have it made anew for each piece.
 *
 * <p>Implementation note: children never change, so a listing is right as long as it is asked for the same children. It
 * is held weakly: a collection of garbage drops what nobody reads any more.
 */
final class Listings {
    /** Listings that are read at the same time. */
    private static final int PLACES = 8;

    private record Listing(Children children, Value names) {}

    private final @Nullable WeakReference<Listing>[] latest = places();
    private int next;

    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays know no type parameters
    private static @Nullable WeakReference<Listing>[] places() {
        return new WeakReference[PLACES];
    }

    Value payload(Answer answer) {
        return answer instanceof Answer.ListingPart part ? part.payload(names(part.children())) : answer.payload();
    }

    private Value names(Children children) {
        for (WeakReference<Listing> place : latest) {
            Listing known = place == null ? null : place.get();
            if (known != null && known.children == children) {
                return known.names;
            }
        }
        Value names = Answer.names(children);
        latest[next] = new WeakReference<>(new Listing(children, names));
        next = (next + 1) % PLACES;
        return names;
    }
}
