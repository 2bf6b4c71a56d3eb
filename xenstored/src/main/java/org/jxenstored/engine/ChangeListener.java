package org.jxenstored.engine;

import org.jxenstored.domain.DomainImage;
import org.jxenstored.domain.Quotas;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.TreeDifference;
import org.jxenstored.watch.WatchImage;

/** Told of changes of all that must outlive the daemon, in an order in which they can be made again. */
public interface ChangeListener extends TreeDifference.Walk {
    /** A node that is there has another value now; outside any walk. */
    void overwritten(StorePath path, Value value);

    /** A domain became known, or is another one now. */
    void domain(DomainImage domain);

    /** A domain is forgotten, with its ring and its watches; nodes that go with it are told of on their own. */
    void forgotten(int domid);

    /** New domains get these. */
    void quotas(Quotas quotas);

    /** A guest registered a watch. */
    void watched(WatchImage watch);

    /** A watch of a guest is gone. */
    void unwatched(WatchImage watch);
}
