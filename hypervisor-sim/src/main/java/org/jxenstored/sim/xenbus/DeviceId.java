package org.jxenstored.sim.xenbus;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import org.jxenstored.protocol.Numbers;

/**
 * A device of one guest.
 *
 * @param number the devid, from 0 on
 */
public record DeviceId(DeviceType type, int number) implements Comparable<DeviceId> {
    private static final Comparator<DeviceId> ORDER =
            Comparator.comparing(DeviceId::type).thenComparingInt(DeviceId::number);

    /** The device of these two names in a path, empty if the drivers know no such device. */
    static Optional<DeviceId> of(String type, String number) {
        OptionalInt parsed = Numbers.decimalInt(number, Integer.MAX_VALUE);
        return parsed.isEmpty()
                ? Optional.empty()
                : DeviceType.of(type).map(known -> new DeviceId(known, parsed.getAsInt()));
    }

    @Override
    public int compareTo(DeviceId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return type.word() + " " + number;
    }
}
