package org.jxenstored.xen.domain;

import org.jxenstored.hypervisor.DomainStates;

/** Domain states from a library of Xen's, open until closed. */
public interface XenDomains extends DomainStates, AutoCloseable {
    @Override
    void close();
}
