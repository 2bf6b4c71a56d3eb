package org.jxenstored.it.transcript;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jxenstored.hypervisor.DomainState;

/** A machine with a store: what a transcript can do to it and learn from it. */
public interface World extends AutoCloseable {
    Set<Ability> abilities();

    /** A new privileged client on a socket. */
    Client socket();

    /** The guest's end of the ring of this domain, or of the control domain's kernel. */
    Client ring(int domid);

    /** A domain with this id exists from now on, with a ring page and an event channel for the store. */
    void build(int domid);

    /** The frame number of the domain's ring page. */
    long frame(int domid);

    /** The domain's event channel port. */
    int port(int domid);

    /** The domain completes a shutdown with this code. VIRQ_DOM_EXC is raised by {@link #raiseDomainException} only. */
    void shutDown(int domid, int code);

    /** The domain runs again after a shutdown. */
    void resume(int domid);

    /** The domain's life goes on to this point. */
    void destroy(int domid, DomainState.Life reached);

    /** The domain is off the hypervisor's list. */
    void vanish(int domid);

    /** Raises VIRQ_DOM_EXC and waits until it was looked at. */
    void raiseDomainException();

    /** Lets this time pass. */
    void pass(Duration time);

    /** Returns when everything that was sent so far is served, or held back. */
    void settle();

    /** What is counted wrong, or was left behind, in words; nothing if all is well. */
    List<String> findings();

    /** A directory that both the transcript and the daemon may write to. */
    Path directory();

    @Override
    void close();
}
