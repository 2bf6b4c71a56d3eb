package org.jxenstored.sim.xenbus;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.sim.host.Mapping;
import org.jxenstored.sim.host.SimDomain;

/** A frontend's rings: pages granted to the backend's domain, and a port that waits for it. */
final class OfferedRings implements AutoCloseable {
    private final SimDomain guest;
    private final int backendDomid;
    private final List<Integer> references = new ArrayList<>(2);
    private final int port;

    // Guarded by this. The pages are mapped when they are used for the first time.
    private final List<Mapping> pages = new ArrayList<>(0);
    private final List<CompletableFuture<Boolean>> unanswered = new ArrayList<>(0);
    private int lastQuestion;
    private boolean closed;

    /**
     * Offers this many rings.
     *
     * @throws HypervisorException if Xen refuses any of it; nothing is held then
     */
    OfferedRings(SimDomain guest, int backendDomid, int count) throws HypervisorException {
        this.guest = guest;
        this.backendDomid = backendDomid;
        this.port = guest.ports().allocateUnbound(backendDomid);
        try {
            for (int i = 0; i < count; i++) {
                references.add(guest.grantPage(backendDomid));
            }
        } catch (HypervisorException refusal) {
            close();
            throw refusal;
        }
        guest.ports().handle(port, false, _ -> signalled());
    }

    List<Integer> references() {
        return references;
    }

    int port() {
        return port;
    }

    /** Asks the backend something; false if the rings were closed before it answered. */
    synchronized CompletableFuture<Boolean> ask() throws HypervisorException {
        if (closed) {
            return CompletableFuture.completedFuture(false);
        }
        while (pages.size() < references.size()) {
            pages.add(guest.mapOwnGrant(backendDomid, references.get(pages.size())));
        }
        lastQuestion += pages.size();
        Echo.ask(pages, lastQuestion);
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        unanswered.add(answer);
        guest.ports().signal(port);
        return answer;
    }

    private synchronized void signalled() {
        try {
            if (!closed && !unanswered.isEmpty() && Echo.isAnswered(pages, lastQuestion)) {
                end(true);
            }
        } catch (IllegalStateException destroyed) {
            end(false);
        }
    }

    /** The answer to the last question stands for all before it. */
    private void end(boolean answered) {
        unanswered.forEach(question -> question.complete(answered));
        unanswered.clear();
    }

    /** Takes everything back; pages that are still mapped elsewhere are freed when they are not any more. */
    @Override
    public synchronized void close() {
        closed = true;
        guest.ports().close(port);
        pages.forEach(Mapping::close);
        references.forEach(guest::endGrant);
        end(false);
    }
}
