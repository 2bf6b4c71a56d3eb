package org.jxenstored.transaction;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Children;
import org.jxenstored.store.Grant;
import org.jxenstored.store.Node;
import org.jxenstored.store.Permissions;

/**
 * What a store operation found out, before it is put into bytes.
 *
 * <p>An answer points into the immutable tree instead of copying from it, so that a transaction can keep all
 * its answers and compare them when it commits.
 */
public sealed interface Answer {
    /** True if a client could not tell the two apart; generations do not count, they are not content. */
    default boolean sameAs(Answer other) {
        return equals(other);
    }

    /** True if it keeps the children of a node, as they were. */
    default boolean holdsChildren() {
        return false;
    }

    /** The payload of the reply; at most {@link Limits#PAYLOAD_MAX} bytes. Not for {@link Failed}. */
    Value payload();

    /** An operation that changes something did so. */
    enum Done implements Answer {
        OK;

        private static final Value PAYLOAD = Value.of("OK\0");

        @Override
        public Value payload() {
            return PAYLOAD;
        }
    }

    /**
     * A permission list was set.
     *
     * @param serials of the domains it names, in its order; 0 for who does not exist
     */
    record Granted(List<Long> serials) implements Answer {
        @Override
        public Value payload() {
            return Done.PAYLOAD;
        }

        /** A client could not tell, but what was meant for one domain must not go to its successor (L-T-9). */
        @Override
        public boolean sameAs(Answer other) {
            return other instanceof Granted(List<Long> now)
                    && now.size() == serials.size()
                    && IntStream.range(0, now.size())
                            .allMatch(i -> now.get(i) == 0 || now.get(i).equals(serials.get(i)));
        }
    }

    /** A node's value. */
    record Content(Value payload) implements Answer {}

    /** A node's permission list (P-PERM-1). */
    record PermissionList(Permissions permissions) implements Answer {
        @Override
        public Value payload() {
            StringBuilder text = new StringBuilder();
            for (Grant grant : permissions) {
                text.append(grant.permission()).append('\0');
            }
            return Value.of(text.toString());
        }
    }

    /** The names of all children (P-DIR-3); fits one payload. */
    record Listing(Children children) implements Answer {
        @Override
        public boolean holdsChildren() {
            return true;
        }

        @Override
        public Value payload() {
            return names(children);
        }

        @Override
        public boolean sameAs(Answer other) {
            return other instanceof Listing(Children others) && sameNames(children, others);
        }
    }

    /**
     * Names from a byte offset of the full listing on, as many as fit (P-DIRP-3 to P-DIRP-8).
     *
     * @param generation of the node, shown first
     */
    record ListingPart(Children children, long offset, long generation) implements Answer {
        @Override
        public boolean holdsChildren() {
            return true;
        }

        @Override
        public Value payload() {
            return payload(names(children));
        }

        /** As {@link #payload}, for who has the full listing already. */
        public Value payload(Value all) {
            String head = Long.toUnsignedString(generation) + '\0';
            int from = (int) Math.min(offset, all.size());
            int to = Math.min(from + Limits.PAYLOAD_MAX - 1 - head.length(), all.size());
            while (to > from && all.at(to - 1) != 0) {
                to--;
            }
            boolean complete = to == all.size();
            ByteBuffer bytes = ByteBuffer.allocate(head.length() + to - from + (complete ? 1 : 0));
            bytes.put(head.getBytes(ISO_8859_1));
            all.copyTo(bytes, from, to - from);
            return Value.owning(bytes.array());
        }

        @Override
        public boolean sameAs(Answer other) {
            return other instanceof ListingPart part && offset == part.offset && sameNames(children, part.children);
        }
    }

    /**
     * Refused.
     *
     * @param spoilsTransaction true if the transaction it happened in can no longer commit (S-TX-12)
     */
    record Failed(Errno errno, boolean spoilsTransaction) implements Answer {
        public static Failed with(Errno errno) {
            return new Failed(errno, false);
        }

        public static Failed fatally(Errno errno) {
            return new Failed(errno, true);
        }

        @Override
        public Value payload() {
            return errno.payload();
        }
    }

    private static boolean sameNames(Children some, Children others) {
        if (some == others) {
            return true;
        }
        if (some.size() != others.size()) {
            return false;
        }
        Iterator<Map.Entry<String, Node>> other = others.iterator();
        for (Map.Entry<String, Node> child : some) {
            if (!child.getKey().equals(other.next().getKey())) {
                return false;
            }
        }
        return true;
    }

    /** The full listing: the name of each child with a NUL (P-DIR-3). */
    static Value names(Children children) {
        byte[] names = new byte[children.namesSize()];
        int at = 0;
        for (Map.Entry<String, Node> child : children) {
            String name = child.getKey();
            for (int i = 0; i < name.length(); i++) {
                names[at++] = (byte) name.charAt(i);
            }
            at++;
        }
        return Value.owning(names);
    }
}
