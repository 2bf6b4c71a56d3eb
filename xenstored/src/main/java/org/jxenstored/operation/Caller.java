package org.jxenstored.operation;

import java.util.Optional;
import org.jxenstored.protocol.Feature;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.StorePath;
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

    /** As {@link #path}, but no special name (P-PATH-8). */
    default Optional<StorePath> treePath(String given) {
        return path(given).flatMap(path -> path instanceof StorePath inTree ? Optional.of(inTree) : Optional.empty());
    }
}
