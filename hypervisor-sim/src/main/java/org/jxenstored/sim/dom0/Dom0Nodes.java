package org.jxenstored.sim.dom0;

import org.jxenstored.client.XenstoreClient;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.sim.host.SimDomain;

/** What xen-init-dom0 writes when the host boots (clients.md 6). */
final class Dom0Nodes {
    private static final String DOMID = "/local/domain/0/domid";
    private static final String NAME = "/local/domain/0/name";
    private static final String POOL = "/local/pool/0/name";

    private Dom0Nodes() {}

    /** Does nothing if dom0 has its nodes. */
    static void writeIfMissing(XenstoreClient store) {
        if (store.exists(DOMID) && store.exists(NAME)) {
            return;
        }
        store.write(DOMID, "0");
        store.write(NAME, "Domain-0");
        store.write(POOL, "Pool-0");
    }

    /** What init-xenstore-domain writes when the store runs in a domain of its own (L-RING-5). */
    static void writeStoreDomain(XenstoreClient store, SimDomain domain) {
        String home = NodePath.homeOf(domain.domid());
        String kib = Long.toString(domain.config().memoryMib() * 1024L);
        store.write("/tool/xenstored/domid", Integer.toString(domain.domid()));
        store.write(home + "/domid", Integer.toString(domain.domid()));
        store.write(home + "/name", "Xenstore");
        store.write(home + "/memory/target", kib);
        store.write(home + "/memory/static-max", kib);
    }
}
