package org.jxenstored.it.search;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.jxenstored.it.transcript.Stream;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.protocol.RingStream;
import org.jxenstored.sim.host.RawRing;
import org.jxenstored.sim.host.SimDomain;

/** A kernel at its ring, which looks at what came when it is asked to. */
final class RingClient extends Client {
    private final SimDomain domain;
    private Stream received = new Stream();
    private byte[] unsent = new byte[0];
    private boolean halves;

    RingClient(SimDomain domain, Listener listener) {
        super(listener);
        this.domain = domain;
    }

    SimDomain domain() {
        return domain;
    }

    @Override
    void begin(@Nullable Session other) {
        super.begin(other);
        received = new Stream();
        unsent = new byte[0];
    }

    /** Now and then only a part of a request goes out at first. */
    void sendHalves(boolean only) {
        halves = only;
    }

    @Override
    void write(byte[] bytes) {
        byte[] all = Arrays.copyOf(unsent, unsent.length + bytes.length);
        System.arraycopy(bytes, 0, all, unsent.length, bytes.length);
        unsent = all;
        push(halves ? unsent.length / 2 : unsent.length);
    }

    private void push(int most) {
        int count = domain.ringPage().requests().write(unsent, 0, most);
        if (count > 0) {
            unsent = Arrays.copyOfRange(unsent, count, unsent.length);
            domain.signalStore();
        }
    }

    /** Takes all that came, and sends what had no room; returns true if that was something. */
    boolean look() {
        if (session() == null) {
            return false;
        }
        byte[] chunk = new byte[RingStream.CAPACITY];
        int count = domain.ringPage().responses().read(chunk, 0, chunk.length);
        if (count > 0) {
            received.add(Arrays.copyOf(chunk, count));
            domain.signalStore();
        }
        for (var message = received.take(); message.isPresent(); message = received.take()) {
            take(message.get());
        }
        boolean sends = unsent.length > 0;
        push(unsent.length);
        return count > 0 || sends;
    }

    /** The page as it is. */
    byte[] page() {
        return domain.rawRing().bytes(0, RingPage.SIZE);
    }

    /** What the server wrote since is undone. */
    void putBack(byte[] page) {
        domain.rawRing().setBytes(0, page);
    }

    /** True if the server says that the ring is broken. */
    boolean isBroken() {
        return domain.rawRing().word(RawRing.ERROR) != RingPage.ERROR_NONE;
    }
}
