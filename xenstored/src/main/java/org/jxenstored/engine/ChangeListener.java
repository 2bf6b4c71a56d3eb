package org.jxenstored.engine;

import org.jxenstored.protocol.StorePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.TreeDifference;
import org.jxenstored.watch.WatchImage;

/** Told of changes of all that must outlive the daemon, in an order in which they can be made again. */
public interface ChangeListener extends StateListener, TreeDifference.Walk {
    /** A node that is there has another value now; outside any walk. */
    void overwritten(StorePath path, Value value);

    /** A domain is forgotten, with its ring and its watches; nodes that go with it are told of on their own. */
    void forgotten(int domid);

    /** A watch of a guest is gone. */
    void unwatched(WatchImage watch);
}
