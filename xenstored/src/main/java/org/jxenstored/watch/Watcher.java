package org.jxenstored.watch;

import org.jxenstored.store.Node;

/** Somebody who holds watches: a connection. */
public interface Watcher {
    /** Watchers are told in this order: that of their creation (S-MATCH-5). */
    long order();

    /** True if the watcher may read the node. */
    boolean mayRead(Node node);

    /** Queues one event. */
    void tell(Watch watch, String eventPath);
}
