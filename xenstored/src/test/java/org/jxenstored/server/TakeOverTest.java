package org.jxenstored.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.engine.EngineConfig;
import org.jxenstored.journal.Opened;
import org.jxenstored.protocol.Feature;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.protocol.RingStream;
import org.jxenstored.trace.Tracer;
import org.slf4j.LoggerFactory;

/** What a daemon takes up that begins with what an earlier one left; on one thread, which is the test's. */
final class TakeOverTest {
    private static final int PORT = 9;

    @TempDir
    Path directory = Path.of("");

    private final FakeXen xen = new FakeXen();
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final Logger logger = (Logger) LoggerFactory.getLogger(TakeOver.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private XenstoreServer server;

    @BeforeEach
    void aDaemonThatServesDomain3() throws Exception {
        logger.setLevel(Level.INFO);
        log.start();
        logger.addAppender(log);
        xen.states.create(0);
        xen.states.create(3);
        xen.page(3).setEventChannel(PORT);
        server = start();
    }

    @AfterEach
    void stop() {
        server.close();
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    private XenstoreServer start() throws Exception {
        Tracer tracer = new Tracer(Optional.empty(), Set.of(), directory);
        Opened state = Opened.open(directory, false, false, Runnable::run);
        XenstoreServer started =
                XenstoreServer.start(EngineConfig.DEFAULT, xen, loop.eventLoop(), () -> 0, tracer, Optional.of(state));
        loop.runPendingTasks();
        return started;
    }

    private void restart() throws Exception {
        loop.runPendingTasks();
        server.close();
        xen.deeds.clear();
        server = start();
    }

    private void askAsDom0(MessageType type, String... arguments) {
        EmbeddedChannel dom0 = new EmbeddedChannel();
        server.accept(dom0, OptionalInt.empty());
        dom0.writeInbound(Unpooled.wrappedBuffer(ServerWorld.request(type, 1, arguments)));
        loop.runPendingTasks();
        dom0.finishAndReleaseAll();
    }

    private void askAsGuest(MessageType type, String... arguments) {
        put(ServerWorld.request(type, 1, arguments));
    }

    private void put(byte... bytes) {
        assertThat(xen.page(3).requests().write(bytes, 0, bytes.length)).isEqualTo(bytes.length);
        xen.fire(xen.lastPort);
        loop.runPendingTasks();
    }

    private List<String> answers() {
        byte[] bytes = new byte[RingStream.CAPACITY];
        int count = xen.page(3).responses().read(bytes, 0, bytes.length);
        return ServerWorld.messages(Arrays.copyOf(bytes, count));
    }

    private List<String> logged() {
        return log.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    @Test
    @DisplayName("what an earlier daemon left is told of in one line, with numbers and without names")
    void whatIsTakenUpIsTold() throws Exception {
        askAsDom0(MessageType.WRITE, "/secret/name", "");
        askAsGuest(MessageType.WATCH, "data", "token");
        restart();
        assertThat(logged())
                .as("nodes: three at the start, two that were written")
                .containsExactly("INFO took up what an earlier daemon left in " + directory
                        + ": nodes 5, domains 2, rings 1, watches 1");
    }

    @Test
    @DisplayName("S-RING-8, S-STR-9: a guest whose event channel cannot be had any more finds error 1 in its page; it"
            + " stays introduced, and a later INTRODUCE takes the error away")
    void whoseEventChannelIsLostIsTold() throws Exception {
        xen.unbindable.add(PORT);
        restart();
        assertThat(xen.page(3).error()).isEqualTo(RingPage.ERROR_COMMUNICATION);
        assertThat(server.engine().hasRing(3)).isFalse();
        assertThat(server.engine().domains().know(3).isIntroduced()).isTrue();
        assertThat(xen.deeds.stream().filter("map 3"::equals))
                .as("nothing stays mapped")
                .hasSameSizeAs(xen.deeds.stream().filter("unmap 3"::equals).toList());

        xen.unbindable.clear();
        askAsDom0(MessageType.INTRODUCE, "3", "1", "9");
        assertThat(server.engine().hasRing(3)).isTrue();
        assertThat(xen.page(3).error()).isEqualTo(RingPage.ERROR_NONE);
    }

    @Test
    @DisplayName("S-RING-8: a guest without the feature for it finds no error in its page")
    void whoDoesNotKnowErrorsIsNotTold() throws Exception {
        server.engine().domains().know(3).setFeatures(Feature.RECONNECTION.mask());
        xen.unbindable.add(PORT);
        restart();
        assertThat(server.engine().hasRing(3)).isFalse();
        assertThat(xen.page(3).error()).isEqualTo(RingPage.ERROR_NONE);
    }

    @Test
    @DisplayName(
            "S-RING-9: a guest that broke the protocol is not served by the next daemon either, before it begins anew")
    void whoBrokeTheProtocolStaysIgnored() throws Exception {
        ByteBuffer header = ByteBuffer.allocate(Header.SIZE);
        new Header(MessageType.READ.number(), 1, 0, 5000).write(header);
        put(header.array());
        assertThat(xen.page(3).error()).isEqualTo(RingPage.ERROR_PROTOCOL);
        restart();
        askAsGuest(MessageType.GET_DOMAIN_PATH, "3");
        assertThat(answers()).isEmpty();

        xen.page(3).setConnection(RingPage.RECONNECT);
        xen.fire(xen.lastPort);
        loop.runPendingTasks();
        assertThat(xen.page(3).connection()).isEqualTo(RingPage.CONNECTED);
        askAsGuest(MessageType.GET_DOMAIN_PATH, "3");
        assertThat(answers()).containsExactly("GET_DOMAIN_PATH 1 /local/domain/3");
    }

    private String answerIn(int transaction, MessageType type, String... arguments) {
        put(ServerWorld.requestIn(transaction, type, 1, arguments));
        return answers().getFirst().substring((type + " 1 ").length());
    }

    private int begin() {
        return Integer.parseUnsignedInt(answerIn(0, MessageType.TRANSACTION_START, ""));
    }

    @Test
    @DisplayName("a transaction that was open at the restart goes on, and ends in EAGAIN: whoever has it does it again")
    void anOpenTransactionIsToBeRepeated() throws Exception {
        askAsDom0(MessageType.WRITE, "/local/domain/3/state", "1");
        askAsDom0(MessageType.SET_PERMS, "/local/domain/3/state", "n3");
        int open = begin();
        assertThat(answerIn(open, MessageType.WRITE, "state", "2")).isEqualTo("OK");
        restart();
        assertThat(answerIn(open, MessageType.READ, "state")).isEqualTo("1");
        assertThat(answerIn(open, MessageType.WRITE, "state", "3")).isEqualTo("OK");
        assertThat(answerIn(open, MessageType.READ, "state")).isEqualTo("3");
        put(ServerWorld.requestIn(open, MessageType.TRANSACTION_END, 1, "T"));
        assertThat(answers()).containsExactly("ERROR 1 EAGAIN");
        put(ServerWorld.requestIn(open, MessageType.TRANSACTION_END, 1, "T"));
        assertThat(answers()).as("it is over").containsExactly("ERROR 1 ENOENT");
        assertThat(answerIn(0, MessageType.READ, "state")).isEqualTo("1");

        int again = begin();
        assertThat(answerIn(again, MessageType.WRITE, "state", "3")).isEqualTo("OK");
        assertThat(answerIn(again, MessageType.TRANSACTION_END, "T")).isEqualTo("OK");
        assertThat(answerIn(0, MessageType.READ, "state")).isEqualTo("3");
    }

    @Test
    void anOpenTransactionCanBeGivenUpAfterTheRestart() throws Exception {
        int open = begin();
        restart();
        assertThat(answerIn(open, MessageType.TRANSACTION_END, "F")).isEqualTo("OK");
    }

    @Test
    @DisplayName("a guest can have as many transactions from before a restart as its quota lets it have open")
    void asManyAsCanHaveBeenOpenAreTakenUp() throws Exception {
        int first = begin();
        restart();
        for (int i = 0; i < 10; i++) {
            put(ServerWorld.requestIn(first + i, MessageType.GET_DOMAIN_PATH, 1, "3"));
            assertThat(answers().getFirst()).startsWith("GET_DOMAIN_PATH");
        }
        put(ServerWorld.requestIn(first + 10, MessageType.GET_DOMAIN_PATH, 1, "3"));
        assertThat(answers()).containsExactly("ERROR 1 ENOENT");
    }

    @Test
    @DisplayName(
            "S-STR-10: ids of transactions are never those of an earlier daemon; one that was never given is ENOENT")
    void idsAreNotGivenTwice() throws Exception {
        int before = begin();
        restart();
        int after = begin();
        assertThat(after).isNotEqualTo(before);
        put(ServerWorld.requestIn(after + 1, MessageType.DIRECTORY, 1, "/"));
        assertThat(answers()).containsExactly("ERROR 1 ENOENT");
    }

    @Test
    @DisplayName("P-RESET-1: who has all its transactions ended has none from before a restart either")
    void whoBeginsAnewHasNoneFromBefore() throws Exception {
        int open = begin();
        restart();
        askAsGuest(MessageType.RESET_WATCHES, "");
        assertThat(answers()).containsExactly("RESET_WATCHES 1 OK");
        put(ServerWorld.requestIn(open, MessageType.DIRECTORY, 1, "/"));
        assertThat(answers()).containsExactly("ERROR 1 ENOENT");
    }

    @Test
    void whoBeginsWithAnEmptyStoreSaysNothingOfIt() {
        assertThat(logged()).isEmpty();
    }
}
