package org.jxenstored.daemon;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which hypervisor backend to use, and with what settings.
 *
 * @param name what the backend calls itself
 * @param settings passed on as they are, in the order given
 */
public record HypervisorChoice(String name, Map<String, String> settings) {
    /** The backend of a daemon that was not told any. */
    public static final String DEFAULT_NAME = "sim";

    public HypervisorChoice {
        settings = Map.copyOf(settings);
    }

    /** Reads {@code NAME[,key=value...]}. */
    static HypervisorChoice parse(String text) throws BadOptionException {
        String[] parts = text.split(",", -1);
        if (parts[0].isEmpty()) {
            throw new BadOptionException("--hypervisor " + text + ": no name; give NAME or NAME,key=value");
        }
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 1) {
                throw new BadOptionException(
                        "--hypervisor " + text + ": \"" + parts[i] + "\" is not of the form key=value");
            }
            settings.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
        }
        return new HypervisorChoice(parts[0], settings);
    }
}
