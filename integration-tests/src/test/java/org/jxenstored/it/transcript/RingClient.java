package org.jxenstored.it.transcript;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.RingStream;
import org.jxenstored.sim.host.SimDomain;

/** A guest's end of a simulated ring: the page and the event channel, no more. */
final class RingClient implements Client {
    /** A domain that does not run hears no signals: then the page is looked at this often. */
    private static final long LOOK_MILLIS = 5;

    private final SimDomain domain;
    private final Semaphore signals = new Semaphore(0);
    private final Stream received = new Stream();
    private volatile boolean signalled;
    private boolean reading = true;

    RingClient(SimDomain domain) {
        this.domain = domain;
        domain.onStoreSignal(this::hear);
    }

    private void hear() {
        signalled = true;
        signals.release();
    }

    private boolean hasPage() {
        return domain.state().life() != Life.DEAD;
    }

    @Override
    public void send(byte[] bytes) {
        int sent = 0;
        signalled = false;
        while (sent < bytes.length && hasPage()) {
            int count = domain.ringPage().requests().write(bytes, sent, bytes.length - sent);
            if (count < 0) {
                throw new AssertionError("the request indexes of " + domain + " contradict each other");
            }
            domain.signalStore();
            sent += count;
            if (sent < bytes.length
                    && !waitFor(() -> domain.ringPage().requests().room() != 0)) {
                throw new AssertionError("the daemon takes no bytes from the ring of " + domain);
            }
        }
    }

    @Override
    public Optional<Message> receive() {
        Optional<Message> message = take();
        if (message.isEmpty() && reading) {
            waitFor(() -> take(received.size()));
            message = received.take();
        }
        return message;
    }

    @Override
    public Optional<Message> poll() {
        return take();
    }

    private Optional<Message> take() {
        Optional<Message> message = received.take();
        if (message.isEmpty() && reading && hasPage()) {
            read();
            message = received.take();
        }
        return message;
    }

    /** Reads on; true if a whole message is there now. */
    private boolean take(int before) {
        read();
        return received.size() > before
                && received.header().filter(received::holds).isPresent();
    }

    private void read() {
        byte[] chunk = new byte[RingStream.CAPACITY];
        int count = domain.ringPage().responses().read(chunk, 0, chunk.length);
        if (count > 0) {
            received.add(Arrays.copyOf(chunk, count));
            domain.signalStore();
        }
    }

    /** False if it did not become true as long as patience lasted. */
    private boolean waitFor(BooleanSupplier condition) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DaemonWorld.PATIENCE_MILLIS);
        while (hasPage()) {
            if (condition.getAsBoolean()) {
                return true;
            }
            if (System.nanoTime() > until) {
                return false;
            }
            try {
                if (signals.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    signals.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    @Override
    public boolean isClosedByServer() {
        throw new UnsupportedOperationException("a ring is not closed, see its error word");
    }

    @Override
    public void stopReading() {
        reading = false;
    }

    @Override
    public void readOn() {
        reading = true;
    }

    @Override
    public void beginAnew() {
        received.clear();
        reading = true;
    }

    @Override
    public void whisper(byte[] bytes) {
        if (domain.ringPage().requests().write(bytes, 0, bytes.length) != bytes.length) {
            throw new AssertionError("the ring of " + domain + " is full");
        }
    }

    @Override
    public void store(RingWord word, int value) {
        domain.rawRing().setWord(word.offset(), value);
        domain.signalStore();
    }

    @Override
    public int await(RingWord word, int value) {
        waitFor(() -> domain.rawRing().word(word.offset()) == value);
        return domain.rawRing().word(word.offset());
    }

    @Override
    public boolean isSignalled() {
        return waitFor(() -> signalled);
    }

    @Override
    public void mendRing() {
        received.clear();
        if (hasPage()) {
            copy(RingWord.REQ_CONS, RingWord.REQ_PROD);
            copy(RingWord.RSP_PROD, RingWord.RSP_CONS);
        }
    }

    private void copy(RingWord from, RingWord to) {
        domain.rawRing().setWord(to.offset(), domain.rawRing().word(from.offset()));
    }

    @Override
    public void close() {}
}
