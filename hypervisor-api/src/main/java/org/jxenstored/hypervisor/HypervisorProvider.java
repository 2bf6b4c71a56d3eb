package org.jxenstored.hypervisor;

import java.nio.file.Path;
import java.util.Map;

/** Makes a backend; named in {@code META-INF/services}. */
public interface HypervisorProvider {
    /** What {@code --hypervisor} calls this backend, such as {@code sim}. */
    String name();

    /**
     * Connects to the hypervisor.
     *
     * @param options what the user gave after the name, as {@code --hypervisor name,key=value}; an unknown key
     *     is an error with a message for the user
     * @param runDirectory an existing private directory for what this backend shows to users
     * @throws HypervisorException with an {@link Obstacle} and a message for the user if the hypervisor cannot be used
     */
    Hypervisor open(Map<String, String> options, Path runDirectory) throws HypervisorException;
}
