package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The ledger has no room, as when the disk is full: nothing changes, everything can be read. */
class NoRoomTest extends EngineWorld {
    @Test
    @DisplayName("changes are refused with EIO while there is no room, and accepted again when there is")
    void changesAreRefused() {
        dom0.ok("WRITE", "/a", "before");
        engine.keep(_ -> false);
        assertThat(ask(dom0, "WRITE", "/a", "after")).isEqualTo("EIO");
        assertThat(ask(dom0, "RM", "/a")).isEqualTo("EIO");
        assertThat(ask(dom0, "READ", "/a")).isEqualTo("before");
        engine.keep(Ledger.NONE);
        dom0.ok("WRITE", "/a", "after");
        assertThat(ask(dom0, "READ", "/a")).isEqualTo("after");
    }

    @Test
    @DisplayName("a transaction that cannot be kept changes nothing and is over")
    void transactionsAreRefused() {
        dom0.begin();
        dom0.ok("WRITE", "/a", "1");
        engine.keep(_ -> false);
        assertThat(ask(dom0, "TRANSACTION_END", "T")).isEqualTo("EIO");
        engine.keep(Ledger.NONE);
        assertThat(ask(dom0, "TRANSACTION_END", "T")).isEqualTo("ENOENT");
        dom0.in(0);
        assertThat(ask(dom0, "READ", "/a")).isEqualTo("ENOENT");
    }
}
