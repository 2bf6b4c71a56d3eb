package org.jxenstored.engine;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.store.Node;

/** An engine with one client that watches domains come and go, in both flavours (S-SPEC-3). */
abstract class DomainLifeWorld extends EngineWorld {
    /** Watches special events with domids, and the plain ones. */
    final Client watcher = socket();

    @BeforeEach
    void watchEverything() {
        watcher.ok("WATCH", "@introduceDomain", "in");
        watcher.ok("WATCH", "@introduceDomain", "domid", "1");
        watcher.ok("WATCH", "@releaseDomain", "out");
        watcher.ok("WATCH", "@releaseDomain", "domid", "1");
        watcher.events();
    }

    List<String> news() {
        return watcher.events();
    }

    static String released(int domid) {
        return "@releaseDomain/" + domid + " domid";
    }

    static final String PLAIN = "@releaseDomain out";

    Node node(String path) {
        return Objects.requireNonNull(engine.store().tree().find(StorePath.of(path)), path);
    }
}
