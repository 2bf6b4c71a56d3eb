package org.jxenstored.engine;

import org.jxenstored.protocol.MessageType;

/** Which operations only the control domain may ask for (protocol.md section 3). */
final class Privileges {
    private Privileges() {}

    static boolean needed(MessageType type) {
        return switch (type) {
            case CONTROL,
                    INTRODUCE,
                    RELEASE,
                    IS_DOMAIN_INTRODUCED,
                    RESUME,
                    SET_TARGET,
                    SET_FEATURE,
                    GET_QUOTA,
                    SET_QUOTA -> true;
            default -> false;
        };
    }
}
