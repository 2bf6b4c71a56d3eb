package org.jxenstored.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.engine.ConsistencyCheck;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.testing.Fuzz;

/** A guest that writes anything anywhere into its page: it harms itself at most. */
class GuestPageFuzzTest extends ServerWorld {
    private static final int FIRST_WORD = 2048;
    private static final int LAST_WORD = 2076;

    private final Guest guest = new Guest(3);
    private final Client dom0 = new Client();

    private void introduce() {
        dom0.ask(MessageType.RELEASE, "3");
        dom0.ask(MessageType.WRITE, "/local/domain/3", "");
        dom0.ask(MessageType.SET_PERMS, "/local/domain/3", "n3");
        xen.memory(3).fill((byte) 0);
        assertThat(dom0.ask(MessageType.INTRODUCE, "3", "1", "5")).containsExactly("INTRODUCE 1 OK");
    }

    private void scribble(Fuzz fuzz) {
        MemorySegment page = xen.memory(3);
        switch (fuzz.upTo(5)) {
            case 0 -> page.set(ValueLayout.JAVA_BYTE, fuzz.upTo(RingPage.SIZE - 1), (byte) fuzz.anyInt());
            case 1 ->
                page.set(
                        ValueLayout.JAVA_INT,
                        FIRST_WORD + 4L * fuzz.upTo((LAST_WORD - FIRST_WORD) / 4),
                        fuzz.oneIn(2) ? fuzz.anyInt() : fuzz.upTo(3));
            case 2 -> guest.put(fuzz.bytes(60));
            case 3 -> guest.take();
            default -> guest.put(request(fuzz));
        }
    }

    private static byte[] request(Fuzz fuzz) {
        MessageType type = fuzz.oneOf(List.of(MessageType.values()));
        byte[] request = ServerWorld.request(type, fuzz.anyInt(), fuzz.oneOf(List.of("a", "/", "@x", "T")), "t");
        return fuzz.oneIn(8) ? fuzz.damaged(request) : request;
    }

    @Test
    @DisplayName("S-RING-2, S-RING-8, P-ERR-6: whatever is in a guest's page, all others are served as before")
    void anyPageHarmsNobodyElse() {
        Fuzz.seeds(30, fuzz -> {
            introduce();
            for (int i = 0; i < 300; i++) {
                scribble(fuzz);
                if (fuzz.oneIn(3)) {
                    guest.signal(xen.lastPort);
                }
                if (fuzz.oneIn(12)) {
                    introduce();
                }
            }
            guest.signal(xen.lastPort);
            assertThat(dom0.ask(MessageType.READ, "/tool")).containsExactly("READ 1");
            assertThat(new ConsistencyCheck(engine).findings()).isEmpty();
        });
    }
}
