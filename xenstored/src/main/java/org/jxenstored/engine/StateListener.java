package org.jxenstored.engine;

import org.jxenstored.domain.DomainImage;
import org.jxenstored.domain.Quotas;
import org.jxenstored.watch.WatchImage;

/** Told of all that must outlive the daemon, but the nodes: as it is, or as it became. */
public interface StateListener {
    /** A domain as it is now. */
    void domain(DomainImage domain);

    /** New domains get these. */
    void quotas(Quotas quotas);

    /** A guest has this watch; its watches come in order of registration. */
    void watched(WatchImage watch);
}
