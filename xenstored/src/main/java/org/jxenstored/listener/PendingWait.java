package org.jxenstored.listener;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.EventChannels.PendingListener;
import org.jxenstored.hypervisor.PendingSource;
import org.jxenstored.hypervisor.PendingSource.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loop's wait for event channels that fire: their descriptor is one more of those that epoll waits for.
 *
 * <p>What is left unread makes it ready again at once, after the others that are ready now have had their turn. All calls
 * are the event loop thread's.
 */
public final class PendingWait implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PendingWait.class);

    private final PendingSource source;
    private final PendingListener listener;
    private @Nullable IoRegistration registration;

    private PendingWait(PendingSource source, PendingListener listener) {
        this.source = source;
        this.listener = listener;
    }

    /**
     * Begins to wait.
     *
     * @param loop an epoll one, whose thread calls
     * @return empty if the kernel has nothing to say about this descriptor
     */
    static Optional<PendingWait> begin(IoEventLoop loop, PendingSource source, PendingListener listener) {
        PendingWait wait = new PendingWait(source, listener);
        Future<IoRegistration> registered = loop.register(wait.new Handle(new FileDescriptor(source.descriptor())));
        if (!registered.isSuccess()) {
            log.warn("the event loop cannot wait for event channels, a thread does", registered.cause());
            return Optional.empty();
        }
        wait.registration = registered.getNow();
        try {
            wait.registration.submit(EpollIoOps.EPOLLIN);
            return Optional.of(wait);
        } catch (RuntimeException refused) {
            log.warn("the event loop cannot wait for event channels, a thread does: {}", refused.getMessage());
            wait.close();
            return Optional.empty();
        }
    }

    private void ready(EpollIoOps how) {
        Outcome outcome = read();
        // Something is wrong with it that reading does not mend: it would be ready for ever.
        boolean stuck = outcome == Outcome.NOTHING && !how.contains(EpollIoOps.EPOLLIN);
        if (stuck) {
            log.error(
                    "event channels cannot be waited for any more (events {}), guests are answered late from now on",
                    how.value());
        }
        if (stuck || outcome == Outcome.BROKEN) {
            close();
        }
    }

    /** A defect must not get out: the event loop takes it for one of its own, and pauses. */
    private Outcome read() {
        try {
            return source.read(listener);
        } catch (RuntimeException | Error defect) {
            log.error("cannot read which event channels fired", defect);
            return Outcome.REPORTED;
        }
    }

    /** Waits no more; the descriptor stays open. Closing twice does nothing. */
    @Override
    public void close() {
        if (registration != null) {
            registration.cancel();
            registration = null;
        }
    }

    /** What the event loop knows of it. */
    private final class Handle implements EpollIoHandle {
        private final FileDescriptor descriptor;

        Handle(FileDescriptor descriptor) {
            this.descriptor = descriptor;
        }

        @Override
        public FileDescriptor fd() {
            return descriptor;
        }

        @Override
        public void handle(IoRegistration from, IoEvent event) {
            if (registration != null && event instanceof EpollIoEvent epoll) {
                ready(epoll.ops());
            }
        }

        /** The event loop ends. */
        @Override
        public void close() {
            PendingWait.this.close();
        }
    }
}
