package org.jxenstored.listener;

import java.util.Set;

/**
 * Who may connect to a Unix socket besides root and the daemon's own user.
 *
 * @param uids their numbers; those above 2147483647 are negative here, as the kernel's are in an int
 * @param option what stands before a user on the command line to let that one in, for messages
 */
public record LocalUsers(Set<Integer> uids, String option) {
    /** Nobody else. */
    public static final LocalUsers NONE = new LocalUsers(Set.of(), "--allow-user ");

    public LocalUsers {
        uids = Set.copyOf(uids);
    }

    boolean isEmpty() {
        return uids.isEmpty();
    }
}
