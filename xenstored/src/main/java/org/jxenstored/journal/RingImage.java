package org.jxenstored.journal;

import org.jxenstored.protocol.Value;

/**
 * How far the server is with a guest's ring. The indexes count as those in the page do, modulo 2^32.
 *
 * @param number of the record that says so; larger than all before
 * @param gfn frame number from INTRODUCE
 * @param remotePort the guest's port, as INTRODUCE or the page told it
 * @param ignored true if the guest broke the protocol and is not served until it begins anew
 * @param requests bytes of requests taken off the ring; to be published if they are not yet
 * @param responses bytes put on the ring; to be published if they are not yet: they stand in the page
 * @param input bytes taken off that are not a whole request yet, or one that could not be served yet
 * @param output bytes that come after those on the ring: the rest of a message, and replies that wait
 */
public record RingImage(
        int domid,
        long number,
        long gfn,
        int remotePort,
        boolean ignored,
        int requests,
        int responses,
        Value input,
        Value output) {
    /** The same ring further on. */
    public RingImage at(int requestIndex, int responseIndex, Value rest) {
        return new RingImage(domid, number, gfn, remotePort, ignored, requestIndex, responseIndex, input, rest);
    }
}
