package org.jxenstored.hypervisor;

import org.jxenstored.protocol.RingPage;

/** A ring page in our address space. It keeps its domain alive as a zombie until {@link #close} (L-REF-2). */
public interface MappedRing extends AutoCloseable {
    RingPage page();

    /** Unmaps. The page must not be touched afterwards. Closing twice does nothing. */
    @Override
    void close();
}
