package org.jxenstored.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.testing.Seeds;

class SocketConnectionTest extends ServerWorld {
    private static final byte[] CONVERSATION = joined(
            request(MessageType.WRITE, 1, "/a", "hello"),
            request(MessageType.READ, 2, "/a"),
            request(MessageType.TRANSACTION_START, 3),
            request(MessageType.READ, 4, "/none"),
            request(MessageType.DIRECTORY, 5, "/"));

    private static final List<String> ANSWERS =
            List.of("WRITE 1 OK", "READ 2 hello", "TRANSACTION_START 3 1", "ERROR 4 ENOENT", "DIRECTORY 5 tool a");

    @Test
    @DisplayName("P-HDR-1, P-HDR-7: requests may come one byte at a time, empty payloads too")
    void oneByteAtATime() {
        Client client = new Client();
        List<String> answers = new ArrayList<>();
        for (byte each : CONVERSATION) {
            client.send(each);
            answers.addAll(client.received());
        }
        assertThat(answers).isEqualTo(ANSWERS);
    }

    @Test
    @DisplayName("P-ORD-1: many requests may come in one piece")
    void allInOnePiece() {
        Client client = new Client();
        client.send(CONVERSATION);
        assertThat(client.received()).isEqualTo(ANSWERS);
    }

    @Test
    void piecesOfAnySizeGiveTheSameAnswers() {
        Seeds.forEach(20, random -> {
            Client client = new Client();
            List<String> answers = new ArrayList<>();
            for (byte[] piece : pieces(CONVERSATION, random)) {
                client.send(piece);
                answers.addAll(client.received());
            }
            assertThat(answers).hasSize(5).startsWith("WRITE 1 OK", "READ 2 hello");
        });
    }

    static List<byte[]> pieces(byte[] whole, Random random) {
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from < whole.length; ) {
            int to = Math.min(whole.length, from + 1 + random.nextInt(40));
            pieces.add(Arrays.copyOfRange(whole, from, to));
            from = to;
        }
        return pieces;
    }

    @Test
    void moreRequestsThanOneTurnServesAreAllServed() {
        Client client = new Client();
        byte[] one = request(MessageType.READ, 7, "/tool");
        byte[] many = new byte[one.length * 1000];
        for (int i = 0; i < 1000; i++) {
            System.arraycopy(one, 0, many, i * one.length, one.length);
        }
        client.send(many);
        assertThat(client.received()).hasSize(1000).containsOnly("READ 7");
        assertThat(client.channel.config().isAutoRead()).isTrue();
    }

    @Test
    @DisplayName("P-HDR-3: a payload of 4096 bytes is served")
    void theLargestPayload() {
        Client client = new Client();
        String value = "v".repeat(4096 - 3);
        assertThat(client.ask(MessageType.WRITE, "/a", value)).containsExactly("WRITE 1 OK");
        assertThat(client.ask(MessageType.READ, "/a")).containsExactly("READ 1 " + value);
    }

    @Test
    @DisplayName("P-HDR-9: a longer one closes the connection without a reply, and nothing after it is served")
    void aHeaderThatIsTooLongClosesTheConnection() {
        Client client = new Client();
        Client other = new Client();
        ByteBuffer bad = ByteBuffer.allocate(Header.SIZE);
        new Header(MessageType.READ.number(), 9, 0, 4097).write(bad);
        var _ = client.channel.writeOneInbound(
                Unpooled.copiedBuffer(joined(request(MessageType.WRITE, 1, "/before", "x"), bad.array())));
        var _ = client.channel.writeOneInbound(Unpooled.copiedBuffer(request(MessageType.WRITE, 2, "/after", "x")));
        turn();
        assertThat(client.channel.isOpen()).isFalse();
        assertThat(other.ask(MessageType.DIRECTORY, "/")).containsExactly("DIRECTORY 1 tool before");
        assertThat(engine.connections().all()).hasSize(1);
    }

    @Test
    void aClientThatGoesLeavesNothing() {
        Client client = new Client();
        client.ask(MessageType.WATCH, "/a", "t");
        client.send(Arrays.copyOf(CONVERSATION, 20));
        var _ = client.channel.close();
        turn();
        assertThat(engine.connections().all()).isEmpty();
        assertThat(engine.watches().all()).isEmpty();
    }

    @Test
    void eventsReachOtherClients() {
        Client watcher = new Client();
        Client writer = new Client();
        assertThat(watcher.ask(MessageType.WATCH, "/a", "t")).containsExactly("WATCH 1 OK", "WATCH_EVENT 0 /a t");
        writer.ask(MessageType.WRITE, "/a/b", "1");
        assertThat(watcher.received()).containsExactly("WATCH_EVENT 0 /a/b t");
    }

    @Test
    void aListenersIdentityIsTheClientsDomain() {
        Client client = new Client(OptionalInt.of(7));
        assertThat(client.ask(MessageType.WRITE, "/a", "1")).containsExactly("ERROR 1 EACCES");
    }

    @Test
    @DisplayName("S-QUOTA-8: an identity whose events nobody reads is not read, until they are")
    void anIdentityIsHeldBack() {
        Client client = new Client(OptionalInt.of(7));
        Client dom0 = new Client();
        dom0.ask(MessageType.WRITE, "/seven", "");
        dom0.ask(MessageType.SET_PERMS, "/seven", "n7");
        dom0.ask(MessageType.SET_QUOTA, "7", "outstanding", "3");
        byte[][] requests = new byte[10][];
        for (int i = 0; i < 10; i++) {
            requests[i] = request(MessageType.WRITE, i, "/seven/" + i, "x");
        }
        client.send(joined(requests));
        assertThat(client.received()).hasSize(10);
        assertThat(dom0.ask(MessageType.DIRECTORY, "/seven")).containsExactly("DIRECTORY 1 0 1 2 3 4 5 6 7 8 9");
    }
}
