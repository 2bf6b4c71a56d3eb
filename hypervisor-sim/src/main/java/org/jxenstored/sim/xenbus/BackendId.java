package org.jxenstored.sim.xenbus;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import org.jxenstored.protocol.Domid;

/**
 * A device as its backend's domain names it.
 *
 * @param guest domid of the frontend
 */
record BackendId(DeviceType type, int guest, int number) implements Comparable<BackendId> {
    private static final Comparator<BackendId> ORDER = Comparator.comparing(BackendId::type)
            .thenComparingInt(BackendId::guest)
            .thenComparingInt(BackendId::number);

    /** The device of these names in a path, empty if the drivers know no such device. */
    static Optional<BackendId> of(String type, String guest, String number) {
        OptionalInt domid = Domid.parse(guest);
        return domid.isEmpty()
                ? Optional.empty()
                : DeviceId.of(type, number)
                        .map(device -> new BackendId(device.type(), domid.getAsInt(), device.number()));
    }

    /** Its directory, relative to the home of the backend's domain. */
    String directory() {
        return BackendBus.ROOT + "/" + type.word() + "/" + guest + "/" + number;
    }

    @Override
    public int compareTo(BackendId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return type.word() + " " + number;
    }
}
