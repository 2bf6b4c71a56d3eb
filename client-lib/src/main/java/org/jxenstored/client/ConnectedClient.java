package org.jxenstored.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Numbers;
import org.jxenstored.protocol.Value;

/** The client of one session. */
final class ConnectedClient extends OperationsBase implements XenstoreClient {
    /** Conflicts after which a transaction is repeated at once. */
    private static final int EAGER_ATTEMPTS = 3;

    private static final int PAUSE_MAX_MILLIS = 20;

    private final Session session;
    private final NodeRequests requests;

    ConnectedClient(Session session) {
        this.session = session;
        this.requests = new NodeRequests(session, 0);
    }

    @Override
    NodeRequests requests() {
        return requests;
    }

    @Override
    public Transaction transaction() {
        return OpenTransaction.start(session);
    }

    @Override
    public <T, E extends Exception> T inTransaction(int attempts, TransactionBody<T, E> body) throws E {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1, not " + attempts);
        }
        for (int attempt = 1; ; attempt++) {
            boolean bodyIsDone = false;
            try (OpenTransaction transaction = OpenTransaction.start(session)) {
                try {
                    T result = body.run(transaction);
                    if (!transaction.isOpen()) {
                        return result;
                    }
                    bodyIsDone = true;
                    if (attempt == attempts) {
                        transaction.commit();
                        return result;
                    }
                    if (transaction.tryCommit()) {
                        return result;
                    }
                } catch (TransactionLostException lost) {
                    // Its end was not sent, so starting over is safe, unless the body ended it itself.
                    if (attempt == attempts || !transaction.isLost() || !(bodyIsDone || transaction.isOpen())) {
                        throw lost;
                    }
                }
            }
            if (attempt >= EAGER_ATTEMPTS) {
                pause();
            }
        }
    }

    /** Lets those who collided go on at different times. An interrupt ends the pause and stays. */
    private static void pause() {
        long most = TimeUnit.MILLISECONDS.toNanos(PAUSE_MAX_MILLIS);
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most));
    }

    @Override
    public <E extends Exception> void runInTransaction(TransactionAction<E> action) throws E {
        inTransaction(transaction -> {
            action.run(transaction);
            return true;
        });
    }

    @Override
    public WatchQueue watchQueue(int capacity) {
        return session.watches().queue(capacity);
    }

    @Override
    public WatchQueue watch(String path) {
        return filled(queue -> queue.watch(path));
    }

    @Override
    public WatchQueue watch(String path, int depth) {
        return filled(queue -> queue.watch(path, depth));
    }

    private WatchQueue filled(Consumer<WatchQueue> registration) {
        WatchQueue queue = watchQueue();
        try {
            registration.accept(queue);
            return queue;
        } catch (RuntimeException failure) {
            queue.close();
            throw failure;
        }
    }

    @Override
    public String control(String... command) {
        String name = command.length == 0 ? "" : command[0];
        Value answer = requests.send(MessageType.CONTROL, name, Payloads.texts(command))
                .payload();
        int nul = answer.indexOfNul(0);
        return new String(answer.slice(0, nul < 0 ? answer.size() : nul).toByteArray(), UTF_8);
    }

    @Override
    public Value request(MessageType type, int transactionId, Value payload) {
        return new NodeRequests(session, transactionId).send(type, "", payload).payload();
    }

    @Override
    public boolean isOpen() {
        return session.reasonOfEnd() == null;
    }

    @Override
    public void close() {
        session.end("this client was closed");
    }

    private Sent ask(MessageType type, String... arguments) {
        return requests.send(type, String.join(" ", arguments), Payloads.texts(arguments));
    }

    private static long number(Sent sent, long max) {
        String text = sent.text();
        OptionalLong number = Numbers.decimal(text, max);
        if (number.isEmpty()) {
            throw sent.malformed("\"" + text + "\" is no number");
        }
        return number.getAsLong();
    }

    @Override
    public void introduce(int domid, long gfn, int eventChannel) {
        ask(MessageType.INTRODUCE, Integer.toString(domid), Long.toUnsignedString(gfn), Integer.toString(eventChannel))
                .payload();
    }

    @Override
    public void release(int domid) {
        ask(MessageType.RELEASE, Integer.toString(domid)).payload();
    }

    @Override
    public void resume(int domid) {
        ask(MessageType.RESUME, Integer.toString(domid)).payload();
    }

    @Override
    public void setTarget(int domid, int target) {
        ask(MessageType.SET_TARGET, Integer.toString(domid), Integer.toString(target))
                .payload();
    }

    @Override
    public boolean isIntroduced(int domid) {
        return !ask(MessageType.IS_DOMAIN_INTRODUCED, Integer.toString(domid))
                .text()
                .equals("F");
    }

    @Override
    public String domainPath(int domid) {
        return ask(MessageType.GET_DOMAIN_PATH, Integer.toString(domid)).text();
    }

    @Override
    public int features() {
        return (int) number(ask(MessageType.GET_FEATURE), 0xffff_ffffL);
    }

    @Override
    public int features(int domid) {
        return (int) number(ask(MessageType.GET_FEATURE, Integer.toString(domid)), 0xffff_ffffL);
    }

    @Override
    public void setFeatures(int domid, int features) {
        ask(MessageType.SET_FEATURE, Integer.toString(domid), Integer.toUnsignedString(features))
                .payload();
    }

    @Override
    public List<String> quotaNames() {
        String names = ask(MessageType.GET_QUOTA).text();
        return names.isEmpty() ? List.of() : List.of(names.split(" ", -1));
    }

    @Override
    public long quota(String name) {
        return number(ask(MessageType.GET_QUOTA, name), Long.MAX_VALUE);
    }

    @Override
    public long quota(int domid, String name) {
        return number(ask(MessageType.GET_QUOTA, Integer.toString(domid), name), Long.MAX_VALUE);
    }

    @Override
    public void setQuota(String name, long value) {
        ask(MessageType.SET_QUOTA, name, Long.toString(value)).payload();
    }

    @Override
    public void setQuota(int domid, String name, long value) {
        ask(MessageType.SET_QUOTA, Integer.toString(domid), name, Long.toString(value))
                .payload();
    }

    @Override
    public void resetWatches() {
        session.watches().resetWatches();
    }
}
