package org.jxenstored.sim.xenbus;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Kinds of devices the drivers know. */
public enum DeviceType {
    /** A network interface: a ring for each direction; usable as soon as they are offered. */
    VIF,
    /** A disk: one ring; the frontend is connected after the backend. */
    VBD;

    /** Its name in paths. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of this name, empty if the drivers do not know it. */
    public static Optional<DeviceType> of(String word) {
        return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
    }

    /** Nodes below the frontend's directory with the grant reference of each ring. */
    List<String> ringNodes() {
        return switch (this) {
            case VIF -> List.of("tx-ring-ref", "rx-ring-ref");
            case VBD -> List.of("ring-ref");
        };
    }

    /** The state of a frontend that has offered its rings. */
    XenbusState whenOffered() {
        return switch (this) {
            case VIF -> XenbusState.CONNECTED;
            case VBD -> XenbusState.INITIALISED;
        };
    }
}
