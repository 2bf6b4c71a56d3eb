package org.jxenstored.sim.host;

import java.lang.foreign.MemorySegment;

/**
 * A page of a host's memory.
 *
 * @param frame its machine frame number
 */
record HostPage(long frame, MemorySegment bytes) {}
