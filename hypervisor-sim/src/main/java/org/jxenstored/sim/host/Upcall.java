package org.jxenstored.sim.host;

/** What a kernel does when one of its event channel ports fires. Called without the host's lock. */
@FunctionalInterface
public interface Upcall {
    void fired(int port);
}
