package org.jxenstored.protocol;

import java.util.Optional;

/**
 * One entry of a permission list, as {@code r5} on the wire (P-PERM-1).
 *
 * <p>The first entry of a list names the owner, and its access is what everybody else gets.
 *
 * @param access what is granted
 * @param domid to whom, 0..65535
 */
public record Permission(Access access, int domid) {

    /** One letter and a decimal domid; empty otherwise (P-NUM-2). */
    public static Optional<Permission> parse(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Access> access = Access.of(text.charAt(0));
        var domid = Domid.parse(text.substring(1));
        return access.isPresent() && domid.isPresent()
                ? Optional.of(new Permission(access.get(), domid.getAsInt()))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return access.letter() + Integer.toString(domid);
    }
}
