package org.jxenstored.operation;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.Feature;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Births;
import org.jxenstored.store.Node;
import org.jxenstored.store.Rights;
import org.jxenstored.store.Subject;

/** On whose behalf an operation runs. */
public interface Caller {
    Subject subject();

    /** The features this caller was offered, see {@link Feature}. */
    int features();

    /** What the caller may still use. */
    Allowance allowance();

    /** Which domains there are. */
    DomainDirectory directory();

    /** Which domains permission entries still mean. */
    Births births();

    default Rights rightsOn(Node node) {
        return Rights.of(subject(), node, births());
    }

    /** A path as this caller gave it: legal, and not longer than it may be (protocol.md 5.2). */
    default Optional<NodePath> path(String given) {
        return NodePath.parse(given, NodePath.homeOf(subject().domid()))
                .filter(path -> allowance().permitsPath(path.lengthBelowHome()));
    }

    /** As {@link #path} for the bytes of a payload from {@code from} to {@code to}; null if it is no such path. */
    default @Nullable NodePath path(Value payload, int from, int to) {
        return path(payload.text(from, to)).orElse(null);
    }

    /** The path that is the only string of a payload (P-ARG-1); null if it is not of that form. */
    default @Nullable NodePath onlyPath(Value payload) {
        int nul = payload.indexOfNul(0);
        return nul >= 0 && nul == payload.size() - 1 ? path(payload, 0, nul) : null;
    }
}
