package org.jxenstored.sim.timeline;

/**
 * One step in the life of a domain.
 *
 * @param millis when, on the machine's clock
 * @param domain the unique id of the domain whose life this belongs to
 * @param from who did it
 * @param to whom it was told or done to; the same as {@code from} for what somebody does by himself
 * @param what the hypercall, request or event in a few words, with its argument that matters
 */
public record Happening(long millis, long domain, Party from, Party to, String what) {}
