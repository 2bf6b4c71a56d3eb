package org.jxenstored.benchmarks.differential;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jxenstored.benchmarks.machine.FileDomain;
import org.jxenstored.benchmarks.machine.RingGuest;
import org.jxenstored.protocol.MessageType;

/** One daemon, and everybody who talks to it. */
final class Host implements AutoCloseable {
    /** A domain that exists and that nobody introduced. */
    static final int NEWBORN = 4;

    /** What {@link RingGuest} listens to, and what its INTRODUCE says. */
    static final String INTRODUCTION = "\0001\0005\0";

    private final Place place;
    private final Line admin;
    private final Map<Who, Line> lines = new ConcurrentHashMap<>();
    private final StoreReset reset;

    Host(Place place) throws IOException {
        this.place = place;
        admin = Line.connect(place.socket());
        reset = new StoreReset(admin);
        FileDomain.create(place.machine(), NEWBORN);
        for (Who who : Who.values()) {
            if (who.isGuest()) {
                lines.put(who, newGuest(who));
            }
        }
    }

    private Line newGuest(Who who) throws IOException {
        return new Line(RingGuest.connect(place.machine(), who.domid(), (_, _, _) -> introduce(who)));
    }

    private void introduce(Who who) throws IOException {
        Answer answer = admin.call(MessageType.INTRODUCE, who.domid() + INTRODUCTION);
        if (!answer.isOk()) {
            throw new IOException(place.title() + " does not introduce domain " + who.domid() + ": " + answer);
        }
    }

    String title() {
        return place.title();
    }

    Line line(Who who) {
        return Objects.requireNonNull(lines.get(who), who.word());
    }

    /** Everything is as when the daemon had just started, and the guests had just been introduced. */
    void startOver() throws IOException {
        try {
            beginAnew();
        } catch (IOException e) {
            throw new IOException(title() + " cannot be brought back to its beginning: " + e.getMessage(), e);
        }
    }

    private void beginAnew() throws IOException {
        for (Who who : Who.values()) {
            if (!who.isGuest()) {
                close(who);
            }
        }
        reset.releaseDomains();
        reset.emptyStore();
        for (Who who : Who.values()) {
            if (who.isGuest()) {
                introduce(who);
                line(who).startOver();
            } else {
                lines.put(who, Line.connect(place.socket()));
            }
        }
    }

    private void close(Who who) throws IOException {
        Line old = lines.remove(who);
        if (old != null) {
            old.close();
        }
    }

    void reopen(Who who) throws IOException {
        close(who);
        lines.put(who, Line.connect(place.socket()));
        reset.awaitEverybodyServed();
    }

    /** Returns when the daemon knows that the old domain is gone and serves the new one. */
    void replace(Who who) throws IOException {
        close(who);
        reset.awaitReleased(who.domid());
        lines.put(who, newGuest(who));
    }

    boolean isIntroduced(int domid) throws IOException {
        return admin.call(MessageType.IS_DOMAIN_INTRODUCED, domid + "\0")
                .payload()
                .equals("T\0");
    }

    /** The whole store, parents first. */
    List<StoreReset.Dumped> dump() throws IOException {
        return reset.dump();
    }

    /** Asks everybody for something known, and waits for no answer yet; see {@link #finishBarrier}. */
    void startBarrier(List<Who> everybody) throws IOException {
        for (Who who : everybody) {
            line(who).sendProbe();
        }
    }

    /** All events of what was done before the barrier are here when it returns. */
    void finishBarrier(List<Who> everybody) throws IOException {
        for (Who who : everybody) {
            Answer _ = line(who).receive();
        }
    }

    /** The connection must be closed by the daemon; then there is a new one. */
    Answer oversize(Who who) throws IOException {
        Answer answer = line(who).sendOversize();
        reopen(who);
        return answer;
    }

    @Override
    public void close() throws IOException {
        try (admin) {
            for (Who who : Who.values()) {
                if (!who.isGuest()) {
                    close(who);
                }
            }
        } finally {
            try (Line _ = lines.remove(Who.G1);
                    Line _ = lines.remove(Who.G2)) {
                lines.clear();
            }
        }
    }
}
