package org.jxenstored.journal;

import org.jxenstored.protocol.Value;

/**
 * A ring that is further on than when it was last remembered.
 *
 * @param number as in {@link RingImage}
 * @param ignored as in {@link RingImage}
 * @param requests as in {@link RingImage}
 * @param responses as in {@link RingImage}
 * @param inputBytes how long the input is now
 * @param moreInput its end, as far as it is new
 * @param outputBytes how long the output is now
 * @param moreOutput its end, as far as it is new
 */
record RingStep(
        int domid,
        long number,
        boolean ignored,
        int requests,
        int responses,
        int inputBytes,
        Value moreInput,
        int outputBytes,
        Value moreOutput) {}
