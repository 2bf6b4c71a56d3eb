package org.jxenstored.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jxenstored.client.Background.failure;
import static org.jxenstored.client.Background.result;
import static org.jxenstored.client.Background.run;
import static org.jxenstored.protocol.MessageType.*;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.Value;

/** Many requests on one connection at the same time. */
class PipelineTest {
    private SocketServer server;
    private XenstoreClient client;

    @BeforeEach
    void connect() throws Exception {
        server = new SocketServer();
        client = server.connect();
    }

    @AfterEach
    void end() throws Exception {
        client.close();
        server.close();
    }

    @Test
    @DisplayName("C-USE-9: replies are matched by their request id, in whatever order they come")
    void repliesFindTheirRequest() throws Exception {
        List<CompletableFuture<Value>> reads = new ArrayList<>();
        List<Message> requests = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            reads.add(client.async().read("/" + i));
            requests.add(server.expect(READ, "/" + i + "|"));
        }
        assertThat(requests)
                .extracting(Message::requestId)
                .doesNotHaveDuplicates()
                .doesNotContain(0);
        for (Message request : requests.reversed()) {
            server.send(request.reply(request.payload()));
        }
        for (int i = 0; i < 10; i++) {
            assertThat(result(reads.get(i))).isEqualTo(Value.of("/" + i + "\0"));
        }
    }

    @Test
    @DisplayName("C-LIB-8: replies without a request id are taken in order")
    void aServerThatCopiesNoIdsIsUnderstood() throws Exception {
        var first = client.async().read("/1");
        var watch = run(() -> client.watch("/w"));
        Message firstRequest = server.expect(READ, "/1|");
        server.next();
        server.send(Message.of(WATCH, 0, 0, Value.of("OK\0")));
        assertThat(result(watch)).isNotNull();
        server.send(Message.of(READ, 0, 0, Value.of("one")));
        assertThat(result(first)).isEqualTo(Value.of("one"));
        assertThat(firstRequest.requestId()).isNotZero();
    }

    @Test
    void severalThreadsShareTheConnection() throws Exception {
        List<FutureTask<Integer>> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            String path = "/thread" + t;
            threads.add(run(() -> {
                int good = 0;
                for (int i = 0; i < 200; i++) {
                    good += client.read(path).equals(Value.of(path + '\0')) ? 1 : 0;
                }
                return good;
            }));
        }
        for (int i = 0; i < 8 * 200; i++) {
            Message request = server.next();
            server.send(request.reply(request.payload()));
        }
        for (FutureTask<Integer> thread : threads) {
            assertThat(result(thread)).isEqualTo(200);
        }
    }

    @Test
    void whatIsChainedToAFutureMayBlock() throws Exception {
        var both = client.async().read("/1").thenApply(one -> one.text() + client.readText("/2"));
        server.serve(READ, "/1|", "one ");
        server.serve(READ, "/2|", "two");
        assertThat(result(both)).isEqualTo("one two");
    }

    @Test
    void moreRequestsThanTheServerTakesWaitAndAllArriveInOrder() throws Exception {
        Value value = Value.copyOf(new byte[4000]);
        int count = 500;
        var writes = run(() -> {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(client.async().write("/" + i, value));
            }
            return all;
        });
        for (int i = 0; i < count; i++) {
            Message request = server.next();
            assertThat(request.payload().text()).startsWith("/" + i + "\0");
            server.reply(request, "OK|");
        }
        for (CompletableFuture<Void> write : result(writes)) {
            result(write);
        }
    }

    @Test
    void anInterruptedCallerGivesUpAndHarmsNobodyElse() throws Exception {
        CountDownLatch gaveUp = new CountDownLatch(1);
        FutureTask<Boolean> caller = new FutureTask<>(() -> {
            assertThatThrownBy(() -> client.read("/1")).isInstanceOf(InterruptedRequestException.class);
            gaveUp.countDown();
            return Thread.currentThread().isInterrupted();
        });
        Thread thread = Thread.ofPlatform().start(caller);
        Message abandoned = server.expect(READ, "/1|");
        var other = client.async().read("/2");
        thread.interrupt();
        assertThat(result(caller)).isTrue();

        server.reply(abandoned, "late");
        server.serve(READ, "/2|", "two");
        assertThat(result(other)).isEqualTo(Value.of("two"));
    }

    @Test
    void aThreadThatIsInterruptedAlreadyStillSendsWholeRequests() throws Exception {
        var caller = run(() -> {
            Thread.currentThread().interrupt();
            client.write("/1", "one");
        });
        Message request = server.expect(WRITE, "/1|one");
        failure(caller, InterruptedRequestException.class);
        server.reply(request, "OK|");
        var read = client.async().read("/2");
        server.serve(READ, "/2|", "two");
        assertThat(result(read)).isEqualTo(Value.of("two"));
    }

    @Test
    void anInterruptWhileTheServerTakesNothingCutsNoRequest() throws Exception {
        Value value = Value.copyOf(new byte[4000]);
        FutureTask<List<CompletableFuture<Void>>> writer = new FutureTask<>(() -> {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                all.add(client.async().write("/" + i, value));
            }
            return all;
        });
        Thread thread = Thread.ofPlatform().start(writer);
        // Waits in the selector, because the socket is full.
        Awaitility.await().until(() -> isSelecting(thread));
        thread.interrupt();
        for (int i = 0; i < 300; i++) {
            server.reply(server.expect(WRITE, "/" + i + "|" + value.text()), "OK|");
        }
        for (CompletableFuture<Void> write : result(writer)) {
            result(write);
        }
        assertThat(client.isOpen()).isTrue();
    }

    private static boolean isSelecting(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getMethodName().equals("select")) {
                return true;
            }
        }
        return false;
    }
}
