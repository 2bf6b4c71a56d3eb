package org.jxenstored.daemon;

import java.util.Collection;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jxenstored.protocol.Numbers;

/** Users of this machine, by number or name. */
final class SystemUsers {
    /** The number after it, 4294967295, means "no user". */
    private static final long LAST_UID = 0xffff_fffeL;

    private SystemUsers() {}

    /**
     * Their numbers.
     *
     * @param option how the user wrote it, up to where the number or name stands
     */
    static Set<Integer> uids(String option, Collection<String> users) throws BadOptionException {
        Set<Integer> uids = new HashSet<>();
        for (String user : users) {
            uids.add(uid(option, user));
        }
        return uids;
    }

    private static int uid(String option, String user) throws BadOptionException {
        OptionalLong number = Numbers.decimal(user, LAST_UID);
        if (number.isPresent()) {
            return (int) number.getAsLong();
        }
        boolean isName = !user.isEmpty() && !Character.isDigit(user.charAt(0));
        OptionalInt uid = isName ? Libc.uidOf(user) : OptionalInt.empty();
        if (uid.isEmpty()) {
            throw new BadOptionException(
                    option + user + ": this machine knows no such user; give a name or a uid of it");
        }
        return uid.getAsInt();
    }
}
