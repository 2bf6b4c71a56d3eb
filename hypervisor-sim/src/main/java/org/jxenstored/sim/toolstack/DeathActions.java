package org.jxenstored.sim.toolstack;

import java.util.Optional;
import org.jxenstored.sim.host.ShutdownCode;

/** What is done with a guest for each reason of its shutdown, as in a configuration file of {@code xl}. */
public record DeathActions(
        DeathAction onPoweroff,
        DeathAction onReboot,
        DeathAction onCrash,
        DeathAction onWatchdog,
        DeathAction onSoftReset) {
    /** What {@code xl} does if nothing is said. */
    public static final DeathActions USUAL = new DeathActions(
            DeathAction.DESTROY, DeathAction.RESTART, DeathAction.DESTROY, DeathAction.DESTROY, DeathAction.SOFT_RESET);

    public DeathActions withOnPoweroff(DeathAction action) {
        return new DeathActions(action, onReboot, onCrash, onWatchdog, onSoftReset);
    }

    public DeathActions withOnReboot(DeathAction action) {
        return new DeathActions(onPoweroff, action, onCrash, onWatchdog, onSoftReset);
    }

    public DeathActions withOnCrash(DeathAction action) {
        return new DeathActions(onPoweroff, onReboot, action, onWatchdog, onSoftReset);
    }

    public DeathActions withOnWatchdog(DeathAction action) {
        return new DeathActions(onPoweroff, onReboot, onCrash, action, onSoftReset);
    }

    /** What to do after a shutdown with this {@link ShutdownCode}; nothing for a suspend, an unknown code is a crash. */
    Optional<DeathAction> after(int code) {
        return switch (code) {
            case ShutdownCode.POWEROFF -> Optional.of(onPoweroff);
            case ShutdownCode.REBOOT -> Optional.of(onReboot);
            case ShutdownCode.SUSPEND -> Optional.empty();
            case ShutdownCode.WATCHDOG -> Optional.of(onWatchdog);
            case ShutdownCode.SOFT_RESET -> Optional.of(onSoftReset);
            default -> Optional.of(onCrash);
        };
    }
}
