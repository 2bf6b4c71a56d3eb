package org.jxenstored.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;
import org.jxenstored.testing.Fuzz;

/** Every call to a server that answers what it likes: it returns, or throws what is declared. */
class ReplyFuzzTest {
    private static final int CAPACITY = 8;

    @Test
    @DisplayName("C-LIB-8, C-LIB-11, C-LIB-12: no reply and no event makes a call fail with anything undeclared")
    void anyAnswerIsAResultOrADeclaredException() {
        Fuzz.seeds(300, fuzz -> new Life(fuzz).live());
    }

    /** One client, from its connection to the end of it. */
    private static final class Life {
        private final Fuzz fuzz;
        private final List<String> tokens = new ArrayList<>();
        private final Session session;
        private final XenstoreClient client;
        private final List<WatchQueue> queues = new ArrayList<>();

        Life(Fuzz fuzz) {
            this.fuzz = fuzz;
            session = Session.over(
                    new HostileServer(fuzz, tokens),
                    new Endpoint.UnixSocket(Path.of("nowhere")),
                    Reconnection.never(),
                    Pace.real());
            client = new ConnectedClient(session);
        }

        void live() {
            for (int i = 0; i < 60 && client.isOpen(); i++) {
                try {
                    call();
                } catch (XenstoreException declared) {
                    assertThat(declared.getMessage()).isNotBlank();
                }
                queues.forEach(this::look);
            }
            client.close();
            assertThat(session.reasonOfEnd()).doesNotContain("the client's");
            queues.forEach(queue -> assertThat(last(queue)).isInstanceOf(Notification.ConnectionBroken.class));
        }

        private String path() {
            return fuzz.oneOf(List.of("/", "/a", "/a/b", "a", "@releaseDomain"));
        }

        private void call() {
            switch (fuzz.upTo(21)) {
                case 0 -> client.read(path());
                case 1 -> client.readIfPresent(path());
                case 2 -> client.readText(path());
                case 3 -> client.write(path(), Value.copyOf(fuzz.bytes(50)));
                case 4 -> client.mkdir(path());
                case 5 -> client.remove(path());
                case 6 -> client.exists(path());
                case 7 -> client.directory(path());
                case 8 -> client.getPermissions(path());
                case 9 -> client.setPermissions(path(), List.of());
                case 10 -> client.tree(path());
                case 11 -> client.treeWithPermissions(path());
                case 12 -> client.control("quota", "set");
                case 13 -> client.request(MessageType.READ, fuzz.anyInt(), Value.copyOf(fuzz.bytes(20)));
                case 14 -> client.isIntroduced(1);
                case 15 -> client.domainPath(1);
                case 16 -> client.features();
                case 17 -> client.quotaNames();
                case 18 -> client.quota("nodes");
                case 19 -> client.resetWatches();
                case 20 -> transaction();
                default -> watch();
            }
        }

        private void transaction() {
            try (Transaction transaction = client.transaction()) {
                transaction.read(path());
                transaction.write(path(), Value.EMPTY);
                if (fuzz.oneIn(2)) {
                    transaction.tryCommit();
                }
            }
        }

        private void watch() {
            WatchQueue queue = client.watchQueue(CAPACITY);
            queues.add(queue);
            String token = "jx-" + fuzz.upTo(5);
            tokens.add(token);
            queue.watchWithToken(path(), token);
        }

        /** Takes all there is: not more than the queue may keep, and only what belongs to a watch of it. */
        private void look(WatchQueue queue) {
            List<Notification> all = new ArrayList<>();
            for (Optional<Notification> next = queue.poll(); next.isPresent(); next = queue.poll()) {
                if (next.get() instanceof Notification.ConnectionBroken) {
                    break;
                }
                all.add(next.get());
            }
            // While it is emptied here it is filled there, by what the server has sent before it answered last.
            assertThat(all).allSatisfy(this::belongs);
        }

        private void belongs(Notification notification) {
            if (notification instanceof Notification.Event(Watch watch, String path)) {
                boolean covered = path.equals(watch.path())
                        || path.startsWith(watch.path() + '/')
                        || (watch.path().length() == 1 && path.startsWith(watch.path()));
                assertThat(covered).as("%s for %s", path, watch).isTrue();
                assertThat(tokens).contains(watch.token());
            }
        }

        private static Notification last(WatchQueue queue) {
            List<Notification> all = new ArrayList<>();
            try {
                do {
                    all.add(queue.take());
                } while (!(all.getLast() instanceof Notification.ConnectionBroken));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertThat(all).as("kept by a queue for %d", CAPACITY).hasSizeLessThanOrEqualTo(CAPACITY + 2);
            return all.getLast();
        }
    }
}
