package org.jxenstored.cli;

import java.util.Optional;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Permission;

/** A MODE operand of {@code xenstore-chmod}: a letter and a domid (C-CHMOD-1). */
final class PermissionArgument {
    private PermissionArgument() {}

    /**
     * Reads a MODE; empty if it does not start with n, r, w or b.
     *
     * <p>The domid is any 32 bit number: one that is out of range goes to the server, which refuses it.
     */
    static Optional<Permission> parse(String mode) {
        if (mode.isEmpty()) {
            return Optional.empty();
        }
        Optional<Access> access = Access.of(mode.charAt(0));
        return access.isEmpty()
                ? Optional.empty()
                : Optional.of(new Permission(access.get(), LenientNumber.parse(mode.substring(1))));
    }
}
