package org.jxenstored.sim.dom0;

import java.util.List;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.sim.host.SimDomain;

/** What xen-init-dom0 writes when the host boots (clients.md 6). */
final class Dom0Nodes {
    private static final String DOMID = "/local/domain/0/domid";
    private static final String NAME = "/local/domain/0/name";
    private static final String POOL = "/local/pool/0/name";

    /** One child for each guest, named by its domid. */
    private static final String GUESTS = "/libxl";

    /** What backends and toolstack keep of guests, beside their homes. */
    private static final List<String> OF_GUESTS = List.of("/local/domain/0/backend", "/vm", GUESTS);

    private Dom0Nodes() {}

    /** Does nothing but return true if dom0 has its nodes. */
    static boolean writeIfMissing(XenstoreClient store) {
        if (store.exists(DOMID) && store.exists(NAME)) {
            return true;
        }
        store.write(DOMID, "0");
        store.write(NAME, "Domain-0");
        store.write(POOL, "Pool-0");
        return false;
    }

    /** On a real host the whole store is made anew when it boots. */
    static void removeWhatWasForGuests(XenstoreClient store) {
        if (store.exists(GUESTS)) {
            store.directory(GUESTS).forEach(domid -> removeIfThere(store, "/local/domain/" + domid));
        }
        OF_GUESTS.forEach(path -> removeIfThere(store, path));
    }

    private static void removeIfThere(XenstoreClient store, String path) {
        if (store.exists(path)) {
            store.remove(path);
        }
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
