package org.jxenstored.sim.remote;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.BackendCommand.Result;
import org.jxenstored.hypervisor.EventChannels.PendingListener;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.protocol.Errno;

/** A daemon's connection to the machine. A thread of its own reads it; calls may come from any thread. */
final class MachineLink implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(MachineLink.class.getName());
    private static final int ROOM = 4096;

    private final MachineFiles files;
    private final SocketChannel channel;
    private final ReentrantLock lock = new ReentrantLock();
    private final CompletableFuture<Told.Hello> hello = new CompletableFuture<>();
    private final CompletableFuture<HypervisorException> gone = new CompletableFuture<>();
    private final Map<Integer, CompletableFuture<Result>> commands = new ConcurrentHashMap<>();
    private final AtomicInteger lastCommand = new AtomicInteger();
    private volatile @Nullable CompletableFuture<Told> awaited;
    private volatile @Nullable PendingListener listener;
    private volatile boolean closed;

    private MachineLink(MachineFiles files, SocketChannel channel) {
        this.files = files;
        this.channel = channel;
    }

    /** Connects, and waits until the machine has said who it is. */
    static MachineLink open(MachineFiles files) throws HypervisorException {
        try {
            MachineLink link = new MachineLink(files, SocketChannel.open(UnixDomainSocketAddress.of(files.socket())));
            var _ = Thread.ofPlatform().daemon().name("sim-machine").start(link::read);
            link.checkVersion();
            return link;
        } catch (IOException e) {
            throw new HypervisorException(
                    Obstacle.NO_HYPERVISOR,
                    "no simulated machine runs in " + files.directory() + " (" + e.getMessage()
                            + "): start it with xensim " + files.directory());
        }
    }

    private void checkVersion() throws HypervisorException {
        int version;
        try {
            version = hello.join().version();
        } catch (CompletionException ended) {
            version = 0;
        }
        if (version != Told.VERSION) {
            close();
            throw new HypervisorException(
                    Obstacle.UNKNOWN_VERSION,
                    "what runs in " + files.directory()
                            + " is no machine of this version: end it, and start it with this" + " version's xensim");
        }
    }

    Told.Hello hello() {
        return hello.join();
    }

    /** Completed when the machine ends before this is closed. */
    CompletionStage<HypervisorException> gone() {
        return gone;
    }

    void listen(PendingListener told) {
        listener = told;
    }

    /** Says something that has no answer; if the machine is gone it hears nothing. */
    void say(Call call) {
        lock.lock();
        try {
            send(call);
        } catch (IOException end) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", files.socket(), end);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Asks, and waits for the answer.
     *
     * @throws IllegalStateException if the machine is gone
     */
    Told ask(Call call) {
        lock.lock();
        try {
            CompletableFuture<Told> answer = new CompletableFuture<>();
            awaited = answer;
            // Whoever ends the link sets this first and looks for an answer to refuse afterwards.
            if (closed) {
                throw machineGone();
            }
            send(call);
            return answer.join();
        } catch (IOException | CompletionException end) {
            throw machineGone();
        } finally {
            awaited = null;
            lock.unlock();
        }
    }

    /** Asks what may be refused. */
    Told askFor(Call call) throws HypervisorException {
        Told answer;
        try {
            answer = ask(call);
        } catch (IllegalStateException end) {
            throw new HypervisorException(Errno.EIO, String.valueOf(end.getMessage()));
        }
        if (answer instanceof Told.Refused(Errno errno, String message)) {
            throw new HypervisorException(errno, message);
        }
        return answer;
    }

    /** Has a command carried out. */
    CompletionStage<Result> command(java.util.List<String> words) {
        int number = lastCommand.incrementAndGet();
        CompletableFuture<Result> result = new CompletableFuture<>();
        commands.put(number, result);
        say(new Call.Command(number, words));
        if (closed) {
            refuseCommands();
        }
        return result;
    }

    private void send(Call call) throws IOException {
        ByteBuffer message = Messages.of(call::write);
        while (message.hasRemaining()) {
            var _ = channel.write(message);
        }
    }

    private IllegalStateException machineGone() {
        return new IllegalStateException(goneMessage());
    }

    private String goneMessage() {
        return "the simulated machine in " + files.directory() + " is gone, and all its domains with it: start it again"
                + " with xensim " + files.directory() + ", and then this daemon";
    }

    private void read() {
        ByteBuffer come = ByteBuffer.allocate(ROOM);
        try {
            while (channel.read(come) >= 0) {
                come.flip();
                Optional<Told> told = Messages.take(come, Told::read);
                while (told.isPresent()) {
                    hear(told.get());
                    told = Messages.take(come, Told::read);
                }
                come = Messages.withRoom(come);
            }
        } catch (IOException end) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", files.socket(), end);
        }
        end();
    }

    private void hear(Told told) {
        switch (told) {
            case Told.Hello first -> hello.complete(first);
            case Told.Pending(int port) -> pending(port);
            case Told.CommandDone(int number, Result result) ->
                Optional.ofNullable(commands.remove(number)).ifPresent(waiting -> waiting.complete(result));
            default -> Optional.ofNullable(awaited).ifPresent(answer -> answer.complete(told));
        }
    }

    private void pending(int port) {
        PendingListener told = listener;
        if (told != null) {
            try {
                told.pending(port);
            } catch (RejectedExecutionException over) {
                LOG.log(System.Logger.Level.DEBUG, () -> "port " + port + " fired when nobody served any more");
            }
        }
    }

    private void end() {
        boolean byUs = closed;
        closed = true;
        IOException ended = new IOException("the connection ended");
        hello.completeExceptionally(ended);
        Optional.ofNullable(awaited).ifPresent(answer -> answer.completeExceptionally(ended));
        refuseCommands();
        if (!byUs) {
            gone.complete(new HypervisorException(Obstacle.NO_HYPERVISOR, goneMessage()));
        }
    }

    private void refuseCommands() {
        commands.keySet()
                .forEach(number -> Optional.ofNullable(commands.remove(number))
                        .ifPresent(waiting -> waiting.complete(new Result.Failed(Errno.EIO, goneMessage()))));
    }

    /** Ends the connection, which the machine takes for the end of this process. */
    @Override
    public void close() {
        closed = true;
        try {
            // At once; a close waits for the thread that reads.
            var _ = channel.shutdownOutput();
            channel.close();
        } catch (IOException problem) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", files.socket(), problem);
        }
    }
}
