package org.jxenstored.sim.host;

/** Why a domain shut down (lifecycle.md 4). */
public final class ShutdownCode {
    public static final int POWEROFF = 0;
    public static final int REBOOT = 1;
    public static final int SUSPEND = 2;
    public static final int CRASH = 3;
    public static final int WATCHDOG = 4;
    public static final int SOFT_RESET = 5;

    private ShutdownCode() {}
}
