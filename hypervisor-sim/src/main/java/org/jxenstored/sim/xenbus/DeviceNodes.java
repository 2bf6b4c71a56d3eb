package org.jxenstored.sim.xenbus;

import java.util.Optional;
import org.jxenstored.client.AccessDeniedException;
import org.jxenstored.protocol.Value;

/**
 * The nodes of one end of a device.
 *
 * @param directory its path, as the kernel may ask for it
 */
record DeviceNodes(Xenbus xenbus, String directory) {
    private static final String STATE = "state";

    String path(String name) {
        return directory + "/" + name;
    }

    String statePath() {
        return path(STATE);
    }

    /** The value of a node, empty if there is none that this kernel may read: a vanished node is often told so. */
    Optional<String> text(String name) {
        try {
            return xenbus.client().readIfPresent(path(name)).map(Value::text);
        } catch (AccessDeniedException hidden) {
            return Optional.empty();
        }
    }

    /** The state, empty if there is none. */
    Optional<XenbusState> state() {
        return text(STATE).flatMap(XenbusState::of);
    }

    /** Writes the state, unless a toolstack has removed the device: that must not make its nodes again. */
    boolean switchTo(XenbusState state) {
        return xenbus.transaction(transaction -> {
            boolean exists = transaction.exists(statePath());
            if (exists) {
                transaction.write(statePath(), state.text());
            }
            return exists;
        });
    }
}
