package org.jxenstored.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.domain.FakeDomainStates;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.RingPage;

@DisplayName("L-RACE-6: INTRODUCE again where the hypervisor offers no unique id")
final class RemapTest extends ServerWorld {
    private static final int FIRST_PORT = 1;
    private static final int SECOND_PORT = 2;

    private final Client dom0 = new Client();
    private final Guest guest = new Guest(3);

    RemapTest() {
        super(new FakeXen(new FakeDomainStates(false, false)));
    }

    @BeforeEach
    void introduce() {
        dom0.ask(MessageType.WRITE, "/local/domain/3", "");
        dom0.ask(MessageType.SET_PERMS, "/local/domain/3", "n3");
        introduceAgain();
        guest.put(request(MessageType.WRITE, 1, "a", "v"));
        guest.signal(FIRST_PORT);
        assertThat(messages(guest.take())).containsExactly("WRITE 1 OK");
        dom0.ask(MessageType.WATCH, "@releaseDomain", "out");
        xen.deeds.clear();
    }

    private void introduceAgain() {
        assertThat(dom0.ask(MessageType.INTRODUCE, "3", "1", "5")).contains("INTRODUCE 1 OK");
    }

    @Test
    @DisplayName("P-INTRO-8: the same page is served on, by the mapping of now")
    void theSamePage() {
        introduceAgain();
        assertThat(xen.deeds).containsExactly("map 3", "unmap 3", "unbind " + FIRST_PORT, "bind 3 5");
        guest.put(request(MessageType.READ, 1, "a"));
        guest.signal(SECOND_PORT);
        assertThat(messages(guest.take())).containsExactly("READ 1 v");
    }

    @Test
    @DisplayName(
            "L-T-8: with another page it is a new domain: the old one ends with its events, the page of now is served")
    void anotherPage() {
        RingPage young = xen.replacePage(3);
        assertThat(dom0.ask(MessageType.INTRODUCE, "3", "1", "5"))
                .containsExactly("WATCH_EVENT 0 @releaseDomain out", "INTRODUCE 1 OK");
        assertThat(xen.deeds).containsExactly("map 3", "unmap 3", "unbind 1", "unmap 3", "map 3", "bind 3 5");
        byte[] request = request(MessageType.READ, 1, "a");
        young.requests().write(request, 0, request.length);
        guest.signal(SECOND_PORT);
        byte[] answer = new byte[RingPage.SIZE];
        int count = young.responses().read(answer, 0, answer.length);
        assertThat(messages(Arrays.copyOf(answer, count))).containsExactly("ERROR 1 EACCES");
        assertThat(dom0.ask(MessageType.READ, "/local/domain/3/a")).containsExactly("ERROR 1 ENOENT");
    }

    @Test
    @DisplayName("L-DRV-6: a guest that forbids new mappings is served on by the one there is")
    void aPageThatCannotBeMappedAgain() {
        xen.unmappable.add(3);
        introduceAgain();
        assertThat(xen.deeds).containsExactly("unbind " + FIRST_PORT, "bind 3 5");
        guest.put(request(MessageType.READ, 1, "a"));
        guest.signal(SECOND_PORT);
        assertThat(messages(guest.take())).containsExactly("READ 1 v");
    }

    @Test
    @DisplayName("P-REL-5, L-SUSP-9: after RELEASE any page will do, as in a soft reset")
    void afterRelease() {
        dom0.ask(MessageType.RELEASE, "3");
        RingPage fresh = xen.replacePage(3);
        xen.deeds.clear();
        introduceAgain();
        assertThat(xen.deeds).containsExactly("map 3", "bind 3 5");
        assertThat(List.of(fresh.features(), fresh.connection())).containsExactly(15, RingPage.CONNECTED);
    }
}
