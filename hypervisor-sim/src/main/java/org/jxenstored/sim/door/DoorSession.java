package org.jxenstored.sim.door;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jxenstored.client.ConnectionLostException;
import org.jxenstored.client.Notification;
import org.jxenstored.client.RequestFailedException;
import org.jxenstored.client.Watch;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.client.XenstoreException;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/**
 * One program that came in through a door: its requests go through the domain's ring, together with those of the
 * kernel and of other programs.
 *
 * <p>As with a real kernel's xenbus device a program has transactions and watches of its own, which end with it. Its
 * requests are served one after the other.
 */
final class DoorSession implements AutoCloseable {
    private static final Logger LOG = System.getLogger(DoorSession.class.getName());
    private static final Value ABORT = Value.of("F\0");

    private final SocketChannel channel;
    private final MessageStream program;
    private final XenstoreClient kernel;
    private final SessionWatches watches;
    private final Set<Integer> transactions = new HashSet<>();

    /** Keeps an event of a new watch behind the reply that says that there is one (P-ORD-5). */
    private final ReentrantLock watching = new ReentrantLock();

    DoorSession(SocketChannel channel, XenstoreClient kernel) {
        this.channel = channel;
        this.program = new MessageStream(channel);
        this.kernel = kernel;
        this.watches = new SessionWatches(kernel);
    }

    /** Serves requests until the program or the domain is gone. */
    void serveRequests() {
        try {
            for (Optional<Message> request = program.next(); request.isPresent(); request = program.next()) {
                serve(request.get());
            }
        } catch (IOException | ConnectionLostException | IllegalStateException end) {
            LOG.log(Level.DEBUG, "a program left: {0}", end.getMessage());
        } finally {
            close();
            abortTransactions();
        }
    }

    /** Passes events on until the program or the domain is gone. */
    void serveEvents() {
        try {
            while (true) {
                switch (watches.queue().take()) {
                    case Notification.Event(var watch, String path) -> send(watch, path);
                    case Notification.Lost(var watch) -> send(watch, watch.path());
                    case Notification.Reconnected _ -> {}
                    case Notification.ConnectionBroken _, Notification.Refused _, Notification.Closed() -> {
                        return;
                    }
                }
            }
        } catch (IOException end) {
            LOG.log(Level.DEBUG, "a program left: {0}", end.getMessage());
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    private void send(Watch watch, String path) throws IOException {
        watching.lock();
        try {
            Optional<Message> event = watches.event(watch, path);
            if (event.isPresent()) {
                program.send(event.get());
            }
        } finally {
            watching.unlock();
        }
    }

    private void serve(Message request) throws IOException {
        watching.lock();
        try {
            program.send(answer(request));
        } finally {
            watching.unlock();
        }
    }

    /** Its watches were dropped by the kernel: registers them anew, which gives each of them an event. */
    void restoreWatches() {
        watching.lock();
        try {
            watches.registerAnew();
        } catch (XenstoreException | IllegalStateException end) {
            LOG.log(Level.DEBUG, "a program loses its watches: {0}", end.getMessage());
            close();
        } finally {
            watching.unlock();
        }
    }

    private Message answer(Message request) {
        Optional<MessageType> type = MessageType.of(request.type()).filter(MessageType::isRequest);
        if (type.isEmpty()) {
            return request.error(Errno.ENOSYS);
        }
        try {
            return switch (type.get()) {
                case WATCH -> watches.watch(request);
                case UNWATCH -> watches.unwatch(request);
                case RESET_WATCHES -> {
                    abortTransactions();
                    yield watches.reset(request);
                }
                default -> forward(type.get(), request);
            };
        } catch (ConnectionLostException gone) {
            throw gone;
        } catch (RequestFailedException refusal) {
            return request.error(refusal.errno());
        } catch (XenstoreException | IllegalArgumentException malformed) {
            LOG.log(Level.DEBUG, "a program''s request has no answer: {0}", malformed.getMessage());
            return request.error(Errno.EIO);
        }
    }

    /** Transaction ids are those of the ring, so a program that guesses another one's must not get in. */
    private Message forward(MessageType type, Message request) {
        int transaction = request.transactionId();
        if (transaction != 0 && !transactions.contains(transaction)) {
            return request.error(Errno.ENOENT);
        }
        Value answer;
        try {
            answer = kernel.request(type, transaction, request.payload());
        } catch (RequestFailedException refusal) {
            if (refusal.errno() != Errno.EINVAL) {
                ended(type, transaction);
            }
            throw refusal;
        }
        ended(type, transaction);
        if (type == MessageType.TRANSACTION_START) {
            Arguments.single(answer).ifPresent(id -> transactions.add(Integer.parseUnsignedInt(id)));
        }
        return request.reply(answer);
    }

    /** Whatever became of it, it is over, unless the request itself made no sense. */
    private void ended(MessageType type, int transaction) {
        if (type == MessageType.TRANSACTION_END) {
            transactions.remove(transaction);
        }
    }

    private void abortTransactions() {
        for (int transaction : transactions) {
            try {
                var _ = kernel.request(MessageType.TRANSACTION_END, transaction, ABORT);
            } catch (XenstoreException gone) {
                LOG.log(Level.DEBUG, "a transaction of a program that left: {0}", gone.getMessage());
            }
        }
        transactions.clear();
    }

    @Override
    public void close() {
        watches.close();
        try {
            channel.close();
        } catch (IOException useless) {
            LOG.log(Level.DEBUG, "closing a program's connection: {0}", useless.getMessage());
        }
    }
}
