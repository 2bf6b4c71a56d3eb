package org.jxenstored.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.testing.Seeds;

class RingConnectionTest extends ServerWorld {
    private static final int PORT = 1;

    private final Guest guest = new Guest(3);
    private final Client dom0 = new Client();

    @BeforeEach
    void introduce() {
        dom0.ask(MessageType.WRITE, "/local/domain/3", "");
        dom0.ask(MessageType.SET_PERMS, "/local/domain/3", "n3");
        assertThat(dom0.ask(MessageType.INTRODUCE, "3", "1", "5")).containsExactly("INTRODUCE 1 OK");
    }

    private List<String> ask(byte... request) {
        assertThat(guest.put(request)).isEqualTo(request.length);
        guest.signal(PORT);
        return messages(guest.take());
    }

    @Test
    @DisplayName("P-INTRO-7, S-RING-4: a request on the ring is answered on the ring, and the guest is signalled, once")
    void requestAndReply() {
        assertThat(guest.page.features()).isEqualTo(15);
        xen.signals.clear();
        assertThat(ask(request(MessageType.WRITE, 4, "data", "v"))).containsExactly("WRITE 4 OK");
        assertThat(xen.signals).containsExactly(PORT);
        assertThat(xen.deeds).contains("unmask " + PORT);
        assertThat(dom0.ask(MessageType.READ, "/local/domain/3/data")).containsExactly("READ 1 v");
    }

    @Test
    @DisplayName("S-RING-4: a guest is told of room for its requests though there is nothing to read for it")
    void roomAlone() {
        xen.signals.clear();
        assertThat(ask(Arrays.copyOf(request(MessageType.READ, 1, "a"), 10))).isEmpty();
        assertThat(guest.page.requests().available()).isZero();
        assertThat(xen.signals).containsExactly(PORT);
        guest.signal(PORT);
        assertThat(xen.signals).containsExactly(PORT);
    }

    @Test
    @DisplayName("S-RING-4: an event that another client causes is signalled by itself")
    void anEventAlone() {
        assertThat(ask(request(MessageType.WATCH, 1, "data", "t"))).contains("WATCH 1 OK");
        xen.signals.clear();
        dom0.ask(MessageType.WRITE, "/local/domain/3/data", "v");
        assertThat(xen.signals).containsExactly(PORT);
        assertThat(messages(guest.take())).containsExactly("WATCH_EVENT 0 data t");
    }

    @Test
    @DisplayName("S-RING-5: messages may be split and joined anywhere, across the end of the ring too")
    void messagesMayBeSplitAnywhere() {
        Seeds.forEach(10, random -> {
            byte[][] requests = new byte[100][];
            for (int i = 0; i < requests.length; i++) {
                requests[i] = request(MessageType.WRITE, i, "n" + random.nextInt(5), "x".repeat(random.nextInt(300)));
            }
            ByteArrayOutputStream answers = new ByteArrayOutputStream();
            for (byte[] piece : SocketConnectionTest.pieces(joined(requests), random)) {
                assertThat(guest.put(piece)).isEqualTo(piece.length);
                guest.signal(PORT);
                answers.writeBytes(guest.take());
            }
            assertThat(messages(answers.toByteArray()))
                    .hasSize(100)
                    .allMatch(message -> message.startsWith("WRITE ") && message.endsWith(" OK"));
        });
    }

    @Test
    void aReplyLargerThanTheRingComesInParts() {
        String value = "v".repeat(1900);
        dom0.ask(MessageType.WRITE, "/local/domain/3/big", value);
        guest.put(request(MessageType.READ, 1, "big"));
        guest.signal(PORT);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        for (int i = 0; i < 4; i++) {
            answer.writeBytes(guest.take());
            guest.signal(PORT);
        }
        assertThat(messages(answer.toByteArray())).containsExactly("READ 1 " + value);
    }

    @Test
    @DisplayName("S-RING-16: a request whose notification was lost is found")
    void aLostNotificationIsHealed() {
        guest.put(request(MessageType.READ, 1, ""));
        turn();
        assertThat(guest.take()).isEmpty();
        rings.lookAtAll();
        turn();
        assertThat(messages(guest.take())).containsExactly("ERROR 1 EINVAL");
    }

    @Test
    @DisplayName("S-RING-8, S-RING-9: bad indexes are told in the page, and the guest is ignored")
    void badIndexesMakeAGuestIgnored() {
        xen.breakIndexes(3);
        guest.signal(PORT);
        assertThat(guest.page.error()).isEqualTo(RingPage.ERROR_BAD_INDEX);
        guest.page.requests().clear();
        assertThat(ask(request(MessageType.READ, 1, "a"))).isEmpty();
        assertThat(dom0.ask(MessageType.IS_DOMAIN_INTRODUCED, "3")).containsExactly("IS_DOMAIN_INTRODUCED 1 T");
    }

    @Test
    @DisplayName("P-HDR-9, S-RING-8: a payload that is too long is told in the page, and the guest is ignored")
    void aPayloadThatIsTooLong() {
        ByteBuffer bad = ByteBuffer.allocate(Header.SIZE);
        new Header(2, 1, 0, 5000).write(bad);
        assertThat(ask(bad.array())).isEmpty();
        assertThat(guest.page.error()).isEqualTo(RingPage.ERROR_PROTOCOL);
    }

    @Test
    @DisplayName("P-INTRO-8, P-INTRO-11, P-INTRO-12: INTRODUCE again makes a fresh ring of it")
    void introduceAgain() {
        guest.put(Arrays.copyOf(request(MessageType.READ, 1, "a"), 10));
        guest.signal(PORT);
        ByteBuffer bad = ByteBuffer.allocate(Header.SIZE);
        new Header(2, 1, 0, 5000).write(bad);
        guest.put(bad.array());
        guest.signal(PORT);
        xen.deeds.clear();
        dom0.ask(MessageType.INTRODUCE, "3", "1", "6");
        assertThat(xen.deeds).containsExactly("unbind " + PORT, "bind 3 6");
        assertThat(guest.page.error()).isEqualTo(RingPage.ERROR_NONE);
        assertThat(guest.page.requests().available()).isZero();
        guest.put(request(MessageType.READ, 1, "a"));
        guest.signal(2);
        assertThat(messages(guest.take())).containsExactly("ERROR 1 ENOENT");
    }

    @Test
    @DisplayName("P-INTRO-8: a port that cannot be bound again is not reported")
    void aPortThatCannotBeBoundAgain() {
        assertThat(dom0.ask(MessageType.INTRODUCE, "3", "1", "666")).containsExactly("INTRODUCE 1 OK");
        guest.put(request(MessageType.READ, 1, "a"));
        rings.lookAtAll();
        turn();
        assertThat(messages(guest.take())).containsExactly("ERROR 1 ENOENT");
    }

    @Test
    @DisplayName(
            "P-INTRO-4, P-INTRO-5: what the hypervisor refuses is the error of INTRODUCE, and nothing stays mapped")
    void whatTheHypervisorRefuses() {
        xen.states.create(4);
        assertThat(dom0.ask(MessageType.INTRODUCE, "4", "1", "666")).containsExactly("ERROR 1 EINVAL");
        assertThat(xen.deeds).endsWith("map 4", "unmap 4");
        assertThat(dom0.ask(MessageType.INTRODUCE, "9", "1", "1")).containsExactly("ERROR 1 EINVAL");
    }

    @Test
    @DisplayName("L-REF-2: nothing stays mapped either if the hypervisor's device breaks in the middle")
    void whenTheDeviceBreaks() {
        xen.states.create(4);
        assertThat(dom0.ask(MessageType.INTRODUCE, "4", "1", "667")).containsExactly("ERROR 1 EIO");
        assertThat(xen.deeds).endsWith("map 4", "unmap 4");
    }

    @Test
    @DisplayName("P-INTRO-6, L-CRE-4: a port in the page goes before the one that was given")
    void aPortInThePageGoesFirst() {
        Guest other = new Guest(4);
        other.page.setEventChannel(44);
        dom0.ask(MessageType.INTRODUCE, "4", "1", "5");
        assertThat(xen.deeds).endsWith("bind 4 44");
    }

    @Test
    @DisplayName("P-INTRO-9, S-RING-13: a guest that waits with connection = 1 is told that it is served")
    void aWaitingGuestIsTold() {
        Guest other = new Guest(4);
        other.page.setConnection(RingPage.RECONNECT);
        xen.signals.clear();
        dom0.ask(MessageType.INTRODUCE, "4", "1", "5");
        assertThat(other.page.connection()).isEqualTo(RingPage.CONNECTED);
        assertThat(xen.signals).contains(2);
    }

    @Test
    @DisplayName("S-RING-11, S-RING-12: a guest asks for a fresh connection through the page and gets it")
    void aGuestReconnects() {
        ask(request(MessageType.WATCH, 1, "a", "t"));
        ask(request(MessageType.TRANSACTION_START, 2));
        guest.put(Arrays.copyOf(request(MessageType.READ, 3, "a"), 12));
        guest.signal(PORT);
        dom0.ask(MessageType.WRITE, "/local/domain/3/a", "1");
        guest.page.setConnection(RingPage.RECONNECT);
        xen.signals.clear();
        guest.signal(PORT);
        assertThat(guest.page.connection()).isEqualTo(RingPage.CONNECTED);
        assertThat(xen.signals).contains(PORT);
        assertThat(guest.page.requests().available()).isZero();
        assertThat(guest.page.responses().available()).isZero();
        assertThat(engine.watches().all()).isEmpty();
        assertThat(engine.connections().openTransactions()).isZero();
        assertThat(ask(request(MessageType.READ, 4, "a"))).containsExactly("READ 4 1");
    }

    @Test
    @DisplayName("S-RING-15: a guest without features gets no error word and cannot reconnect")
    void aGuestWithoutFeatures() {
        Guest plain = new Guest(4);
        dom0.ask(MessageType.SET_FEATURE, "4", "0");
        dom0.ask(MessageType.INTRODUCE, "4", "1", "5");
        assertThat(plain.page.features()).isZero();
        plain.page.setConnection(RingPage.RECONNECT);
        plain.signal(2);
        assertThat(plain.page.connection()).isEqualTo(RingPage.RECONNECT);
        xen.breakIndexes(4);
        plain.signal(2);
        assertThat(plain.page.error()).isEqualTo(RingPage.ERROR_NONE);
    }

    @Test
    @DisplayName("L-RING-6, L-REF-2, S-DEATH-6: a dead guest's port is unbound and its page unmapped")
    void aDeadGuestIsUnmapped() {
        xen.states.free(3);
        engine.scan();
        turn();
        assertThat(xen.deeds).endsWith("unbind " + PORT, "unmap 3");
        guest.signal(PORT);
        rings.lookAtAll();
        assertThat(guest.take()).isEmpty();
    }

    @Test
    @DisplayName("S-QUOTA-9: a stalled guest's ring is not read, and goes on when others have read")
    void aStalledGuestGoesOn() {
        dom0.ask(MessageType.SET_QUOTA, "3", "outstanding", "2");
        List<byte[]> requests = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            requests.add(request(MessageType.WRITE, i, "n", "v"));
        }
        guest.put(joined(requests.toArray(byte[][]::new)));
        guest.signal(PORT);
        assertThat(messages(guest.take())).hasSize(6);
    }
}
