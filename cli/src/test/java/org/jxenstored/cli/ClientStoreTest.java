package org.jxenstored.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.client.Endpoint;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Feature;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

class ClientStoreTest {
    private static final Value OK = Value.of("OK\0");

    private final ScriptedServer server;
    private final Store store;
    private Function<Message, List<Message>> answers = request -> List.of();

    ClientStoreTest(@TempDir Path directory) throws Exception {
        Path socket = directory.resolve("socket");
        server = new ScriptedServer(socket, request -> answers.apply(request));
        store = ClientStore.open(new Endpoint.UnixSocket(socket));
    }

    @AfterEach
    void stop() throws IOException {
        store.close();
        server.close();
    }

    @Test
    @DisplayName("C-CTL-2: words and bytes are sent as they are, and the reply ends at its first NUL")
    void wordsAndBytesAreSentAsTheyAre() throws Exception {
        answers = request -> List.of(request.reply(Value.of("two\nlines\0rest")));
        assertThat(store.control(List.of("print", "\u00ff", ""), Value.of("\0\u0080")))
                .isEqualTo("two\nlines");
        assertThat(server.requests.getFirst().payload()).isEqualTo(Value.of("print\0\u00ff\0\0\0\u0080"));
    }

    @Test
    @DisplayName("C-CTL-4: a failure has the number of its errno, a lost connection that of EBADF")
    void aFailureHasTheNumberOfItsErrno() throws Exception {
        answers = request -> request.isOfType(MessageType.READ) ? List.of() : List.of(request.error(Errno.EBUSY));
        assertThat(failureOf(() -> store.control(List.of("x"), Value.EMPTY)).number())
                .isEqualTo(16);
        assertThat(failureOf(() -> store.write("/a", Value.of("v".repeat(4094))))
                        .number())
                .isEqualTo(7);
        assertThat(failureOf(() -> store.read("/a")).number()).isEqualTo(9);
        assertThat(failureOf(() -> store.read("/a")).reason()).isNotEmpty();
    }

    @Test
    @DisplayName("C-READ-5: keys are sent as typed, byte for byte")
    void keysAreSentAsTyped() throws Exception {
        answers = request -> List.of(request.reply(Value.of("v")));
        assertThat(store.read("na\u00e4me").text()).isEqualTo("v");
        assertThat(server.requests.getFirst().payload()).isEqualTo(Value.of("na\u00e4me\0"));
    }

    @Test
    @DisplayName("C-LS-2: lists with domids that no domain has are shown as well")
    void listsWithStrangeDomidsAreShown() throws Exception {
        answers = request -> List.of(request.reply(Value.of("n0\0b-1\0")));
        assertThat(store.permissions("/a").toString()).isEqualTo("[n0, b-1]");
    }

    @Test
    @DisplayName("C-LS-6: a list that makes no sense is EINVAL")
    void aListThatMakesNoSenseIsEinval() throws Exception {
        answers = request -> List.of(request.reply(Value.of("n0\0q\0")));
        assertThat(failureOf(() -> store.permissions("/a")).number()).isEqualTo(Errno.EINVAL.number());
    }

    @Test
    @DisplayName("C-TX-2: EAGAIN at the commit is no failure but a conflict")
    void eagainAtTheCommitIsAConflict() throws Exception {
        answers = request -> List.of(
                request.isOfType(MessageType.TRANSACTION_START)
                        ? request.reply(Value.of("7\0"))
                        : request.error(Errno.EAGAIN));
        assertThat(store.transaction().commit()).isFalse();
        Store.Transaction aborted = store.transaction();
        assertThat(failureOf(aborted::abort).number()).isEqualTo(Errno.EAGAIN.number());
        assertThat(server.requests).extracting(Message::transactionId).containsExactly(0, 7, 0, 7);
    }

    @Test
    @DisplayName(
            "C-WATCH-1: the token is the key, and events of all keys come in one row, until the connection is lost")
    void eventsOfAllKeysComeInOneRow() throws Exception {
        answers = request -> request.isOfType(MessageType.READ)
                ? List.of()
                : List.of(
                        request.reply(OK),
                        Message.event(request.payload()),
                        Message.event(Value.of(request.payload().text(0, 2) + "/x\0"
                                + request.payload().text(0, 3))));
        store.watch("/a");
        store.watch("/b");
        assertThat(server.requests)
                .extracting(Message::payload)
                .containsExactly(Value.of("/a\0/a\0"), Value.of("/b\0/b\0"));
        assertThat(List.of(store.nextEvent(), store.nextEvent(), store.nextEvent(), store.nextEvent()))
                .containsExactly("/a", "/a/x", "/b", "/b/x");
        failureOf(() -> store.read("/end"));
        assertThat(failureOf(store::nextEvent).reason()).isNotEmpty();
    }

    @Test
    @DisplayName("XSA-349: a flood of events that nobody takes becomes one for the watch")
    void aFloodBecomesOneEvent() throws Exception {
        answers = request -> request.isOfType(MessageType.WATCH) ? flood(request) : List.of(request.reply(OK));
        store.watch("/a");
        store.read("/sync");
        assertThat(store.nextEvent()).isEqualTo("/a");
        answers = request -> List.of();
        failureOf(() -> store.read("/end"));
        assertThat(failureOf(store::nextEvent).reason()).isNotEmpty();
    }

    private static List<Message> flood(Message watch) {
        List<Message> all = new ArrayList<>();
        all.add(watch.reply(OK));
        for (int i = 0; i < 20_000; i++) {
            all.add(Message.event(Value.of("/a/" + i + "\0/a\0")));
        }
        return all;
    }

    @Test
    @DisplayName("C-WATCH-3: a depth is sent to servers that know it")
    void aDepthIsSentToServersThatKnowIt() throws Exception {
        String features = Integer.toString(Feature.WATCH_DEPTH.mask());
        answers = request ->
                List.of(request.reply(request.isOfType(MessageType.GET_FEATURE) ? Value.of(features + "\0") : OK));
        store.watch("/a", 2);
        assertThat(server.requests.getLast().payload()).isEqualTo(Value.of("/a\0/a\0" + "2\0"));
        assertThat(failureOf(() -> store.watch("/a", -1)).number()).isEqualTo(Errno.EINVAL.number());
    }

    @Test
    @DisplayName("C-WATCH-3: a server without depths gets no watch")
    void aServerWithoutDepthsGetsNoWatch() throws Exception {
        answers = request ->
                List.of(request.isOfType(MessageType.GET_FEATURE) ? request.reply(Value.of("3\0")) : request.reply(OK));
        failureOf(() -> store.watch("/a", 2));
        assertThat(server.requests).noneMatch(request -> request.isOfType(MessageType.WATCH));
    }

    private static StoreException failureOf(ThrowingCallable request) {
        StoreException failure = catchThrowableOfType(StoreException.class, request);
        assertThat(failure).isNotNull();
        return failure;
    }
}
