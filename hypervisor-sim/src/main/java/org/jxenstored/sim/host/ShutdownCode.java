package org.jxenstored.sim.host;

import java.util.List;

/** Why a domain shut down (lifecycle.md 4). */
public final class ShutdownCode {
    public static final int POWEROFF = 0;
    public static final int REBOOT = 1;
    public static final int SUSPEND = 2;
    public static final int CRASH = 3;
    public static final int WATCHDOG = 4;
    public static final int SOFT_RESET = 5;

    private static final List<String> NAMES =
            List.of("poweroff", "reboot", "suspend", "crash", "watchdog", "soft_reset");

    private ShutdownCode() {}

    /** The word for it; a number where there is none. */
    public static String name(int code) {
        return code >= 0 && code < NAMES.size() ? NAMES.get(code) : "code " + code;
    }
}
