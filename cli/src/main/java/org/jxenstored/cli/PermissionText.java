package org.jxenstored.cli;

import java.util.Optional;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Permission;

/**
 * Permissions as text: a letter and a domid, which may be any 32 bit number here.
 *
 * <p>Whether a domid exists is the server's business; these tools pass numbers on in both directions.
 */
final class PermissionText {
    private PermissionText() {}

    /** Reads a MODE of {@code xenstore-chmod}; empty if it does not start with n, r, w or b (C-CHMOD-1). */
    static Optional<Permission> ofUser(String mode) {
        if (mode.isEmpty()) {
            return Optional.empty();
        }
        Optional<Access> access = Access.of(mode.charAt(0));
        return access.isEmpty()
                ? Optional.empty()
                : Optional.of(new Permission(access.get(), LenientNumber.parse(mode.substring(1))));
    }

    /** Reads an entry of a server's list; empty if it is not a letter and a whole number. */
    static Optional<Permission> ofServer(String entry) {
        int digits = entry.length() > 1 && entry.charAt(1) == '-' ? 2 : 1;
        for (int i = digits; i < entry.length(); i++) {
            if (entry.charAt(i) < '0' || entry.charAt(i) > '9') {
                return Optional.empty();
            }
        }
        return entry.length() > digits ? ofUser(entry) : Optional.empty();
    }
}
