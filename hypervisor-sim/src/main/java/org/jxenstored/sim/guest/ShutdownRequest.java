package org.jxenstored.sim.guest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jxenstored.sim.host.ShutdownCode;

/** What a toolstack can write to a guest's {@code control/shutdown}. */
public enum ShutdownRequest {
    POWEROFF(ShutdownCode.POWEROFF),
    HALT(ShutdownCode.POWEROFF),
    REBOOT(ShutdownCode.REBOOT),
    SUSPEND(ShutdownCode.SUSPEND);

    private final int code;

    ShutdownRequest(int code) {
        this.code = code;
    }

    /** The {@link ShutdownCode} with which a guest obeys. */
    public int code() {
        return code;
    }

    /** The word in the store. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The request of this word, empty if there is none. */
    public static Optional<ShutdownRequest> of(String word) {
        return Arrays.stream(values())
                .filter(request -> request.word().equals(word))
                .findFirst();
    }

    /** All words, for people. */
    public static String words() {
        return Arrays.stream(values()).map(ShutdownRequest::word).collect(Collectors.joining("|"));
    }

    /** Names of the nodes below {@code control} by which a kernel says which requests it obeys. */
    public static List<String> features() {
        return List.of("feature-poweroff", "feature-reboot", "feature-suspend");
    }
}
