package org.jxenstored.sim.xenbus;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.sim.host.SimDomain;

/** A frontend's rings: pages granted to the backend's domain, and a port that waits for it. */
final class OfferedRings implements AutoCloseable {
    private final SimDomain guest;
    private final List<Integer> references = new ArrayList<>();
    private final List<MemorySegment> pages = new ArrayList<>();
    private final int port;

    /** Questions without an answer, by their number; guarded by this. */
    private final TreeMap<Integer, CompletableFuture<Boolean>> questions = new TreeMap<>();

    private int lastQuestion;
    private boolean closed;

    /** Offers this many rings. */
    OfferedRings(SimDomain guest, int backendDomid, int count) throws HypervisorException {
        this.guest = guest;
        this.port = guest.ports().allocateUnbound(backendDomid);
        try {
            for (int i = 0; i < count; i++) {
                int reference = guest.grantPage(backendDomid);
                references.add(reference);
                pages.add(guest.grantedPage(reference));
            }
        } catch (HypervisorException refusal) {
            close();
            throw refusal;
        }
        guest.ports().handle(port, false, _ -> answered());
    }

    List<Integer> references() {
        return references;
    }

    int port() {
        return port;
    }

    /** Asks the backend something; false if the rings were closed before it answered. */
    synchronized CompletableFuture<Boolean> ask() {
        if (closed) {
            return CompletableFuture.completedFuture(false);
        }
        lastQuestion += pages.size();
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        questions.put(lastQuestion, answer);
        Echo.ask(pages, lastQuestion);
        guest.ports().signal(port);
        return answer;
    }

    /** The answer to the last question stands for all before it. */
    private synchronized void answered() {
        try {
            if (!closed && lastQuestion > 0 && Echo.isAnswered(pages, lastQuestion)) {
                end(true);
            }
        } catch (IllegalStateException destroyed) {
            end(false);
        }
    }

    private void end(boolean success) {
        Map<Integer, CompletableFuture<Boolean>> ended = new TreeMap<>(questions);
        questions.clear();
        ended.values().forEach(question -> question.complete(success));
    }

    /** Takes everything back; pages that are still mapped are freed when they are not any more (L-KILL-3). */
    @Override
    public synchronized void close() {
        closed = true;
        guest.ports().close(port);
        references.forEach(guest::endGrant);
        end(false);
    }
}
