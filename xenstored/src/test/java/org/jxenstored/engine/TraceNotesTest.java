package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.RingPage;

/** What the trace says of things out of the ordinary, whatever its switches (S-LOG-7). */
final class TraceNotesTest extends EngineWorld {

    @Test
    @DisplayName("S-LOG-7: an ignored connection is named with the reason")
    void whoIsIgnoredAndWhy() {
        Guest guest = guest(3);
        engine.protocolError(guest.connection(), RingPage.ERROR_BAD_INDEX, "its indexes are wrong");
        assertThat(warnings())
                .anyMatch(text -> text.contains("ring of domain 3") && text.contains("indexes are wrong"));
    }

    @Test
    @DisplayName("S-LOG-7: an event that timed out, or that was merged, is named with its path and domain")
    void whichEventsWereNotDelivered() {
        Guest guest = guest(3);
        guest.ok("WATCH", "a", "t");
        dom0.ok("WRITE", "/local/domain/3/a", "1");
        dom0.ok("WRITE", "/local/domain/3/a", "2");
        assertThat(trace.notes).anyMatch(text -> text.startsWith("event merged: a t") && text.endsWith("domain 3"));
        pass(21_000);
        assertThat(trace.notes).anyMatch(text -> text.startsWith("event timed out: ") && text.endsWith("domain 3"));
    }

    @Test
    @DisplayName("S-LOG-7: nodes that a dead domain leaves behind are named")
    void whichOrphansWereDeleted() {
        guest(3);
        hypervisor.free(3);
        engine.scan();
        assertThat(trace.notes).contains("orphan of domain 3 deleted: /local/domain/3");
    }

    @Test
    @DisplayName("S-LOG-7: a request that has to wait is named with the quota")
    void whoHasToWaitAndWhy() {
        Guest guest = guest(3);
        dom0.ok("SET_QUOTA", "3", "outstanding", "1");
        guest.send("READ", "/local/domain/3");
        assertThat(guest.isAdmitted(MessageType.READ)).isFalse();
        assertThat(trace.notes)
                .anyMatch(text -> text.contains("ring of domain 3") && text.contains("held back: outstanding"));
    }
}
