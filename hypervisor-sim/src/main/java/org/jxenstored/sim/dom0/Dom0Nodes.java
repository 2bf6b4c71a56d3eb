package org.jxenstored.sim.dom0;

import org.jxenstored.client.XenstoreClient;

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
}
