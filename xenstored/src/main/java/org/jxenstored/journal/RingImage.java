package org.jxenstored.journal;

import org.jxenstored.protocol.Value;

/**
 * How far the server is with a guest's ring. The indexes count as those in the page do, modulo 2^32.
 *
 * @param number of the record that says so; larger than all before
 * @param gfn frame number from INTRODUCE
 * @param remotePort the guest's port, as INTRODUCE or the page told it
 * @param ignored true if the guest broke the protocol and is not served until it begins anew
 * @param clears true if the page's indexes are to be set to 0, if they are not yet
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
        boolean clears,
        int requests,
        int responses,
        Value input,
        Value output) {
    /**
     * The same ring further on.
     *
     * @throws DamagedException if it cannot have come from here
     */
    RingImage after(RingStep step) throws DamagedException {
        return new RingImage(
                domid,
                step.number(),
                gfn,
                remotePort,
                step.ignored(),
                false,
                step.requests(),
                step.responses(),
                end(input, step.moreInput(), step.inputBytes()),
                end(output, step.moreOutput(), step.outputBytes()));
    }

    /** The last bytes, so many, of two values one after the other. */
    private static Value end(Value first, Value second, int size) throws DamagedException {
        int ofFirst = size - second.size();
        if (ofFirst < 0 || ofFirst > first.size()) {
            throw new DamagedException("a ring goes on from where it never was");
        }
        byte[] bytes = new byte[size];
        System.arraycopy(first.toByteArray(), first.size() - ofFirst, bytes, 0, ofFirst);
        System.arraycopy(second.toByteArray(), 0, bytes, ofFirst, second.size());
        return Value.owning(bytes);
    }

    /** The same ring where only its cursor moved: nothing came in or had to be sent that is not known. */
    RingImage at(RingCursors.Cursor cursor) {
        int sent = Math.clamp(cursor.responses() - responses, 0, output.size());
        int served = Math.clamp(input.size() - cursor.inputBytes(), 0, input.size());
        return new RingImage(
                domid,
                number,
                gfn,
                remotePort,
                ignored,
                false,
                cursor.requests(),
                cursor.responses(),
                input.slice(served, input.size()),
                output.slice(sent, output.size()));
    }
}
