package org.jxenstored.sim.xenbus;

import java.util.List;
import org.jxenstored.client.AccessDeniedException;
import org.jxenstored.client.NotFoundException;

/** Names of a node's children for those who do not care why there are none. */
final class Listing {
    private Listing() {}

    /** Empty if the node is missing, or may not be read. */
    static List<String> of(Xenbus xenbus, String path) {
        try {
            return xenbus.client().directory(path);
        } catch (NotFoundException | AccessDeniedException none) {
            return List.of();
        }
    }
}
