package org.jxenstored.journal;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.jxenstored.domain.Domain.Standing;
import org.jxenstored.domain.DomainImage;
import org.jxenstored.domain.Quotas;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Subject;
import org.jxenstored.watch.Watch;
import org.jxenstored.watch.WatchImage;

/**
 * Puts connections, watches and domains together, each from a record of the migration stream and one of our own.
 *
 * <p>Few facts stand in both: that a domain is introduced, its target and its unique id. JXENSTORED_DOMAIN is the law for
 * them, because every domain has one; a CONNECTION_DATA, which tells other readers, only those that are introduced. For all else
 * the stream's own records are the law, as nothing of it stands elsewhere.
 */
final class GuestRecords {
    private record Connection(int domid, int target, long uniqueId, Value input, Value output) {}

    private record Settings(int features, Quotas quotas) {}

    private final Remembered to;
    private final Map<Integer, Connection> connections = new HashMap<>();
    private final Map<Integer, Connection> byDomid = new HashMap<>();
    private final Map<Integer, Settings> settings = new HashMap<>();
    private final Map<Integer, DomainImage> domains = new TreeMap<>();

    GuestRecords(Remembered to) {
        this.to = to;
    }

    /** CONNECTION_DATA. */
    void connection(RecordReader from) throws DamagedException {
        int id = from.anyInt();
        if (from.anyShort() != MigrationStream.RING) {
            throw new DamagedException("connection " + id + " is none of a ring, and no other outlives its daemon");
        }
        boolean hasUniqueId = (from.anyShort() & MigrationStream.HAS_UNIQUE_ID) != 0;
        int domid = from.anyShort();
        int target = from.anyShort();
        from.anyInt();
        int inputLength = from.anyShort();
        int restLength = from.anyShort();
        int outputLength = from.anyInt();
        Value input = from.value(inputLength);
        Value output = from.value(outputLength);
        from.skipPadding();
        long uniqueId = hasUniqueId ? from.anyLong() : DomainState.NO_UNIQUE_ID;
        if (restLength > outputLength) {
            throw new DamagedException("the rest of a message is longer than all that domain " + domid + " is owed");
        }
        Connection connection =
                new Connection(domid, target == Domid.INVALID ? Subject.NO_TARGET : target, uniqueId, input, output);
        if (id == 0 || connections.put(id, connection) != null || byDomid.put(domid, connection) != null) {
            throw new DamagedException("connection " + id + ", or another one of domain " + domid + ", stands twice");
        }
    }

    private Connection connection(int id) throws DamagedException {
        Connection connection = connections.get(id);
        if (connection == null) {
            throw new DamagedException("a record belongs to connection " + id + ", which is none");
        }
        return connection;
    }

    /** JXENSTORED_RING. */
    void ring(RecordReader from) throws DamagedException {
        Connection connection = connection(from.anyInt());
        int remotePort = from.anyInt();
        long number = from.anyLong();
        long gfn = from.anyLong();
        int requests = from.anyInt();
        int responses = from.anyInt();
        int flags = from.anyInt();
        if (to.ring(connection.domid).isPresent()) {
            throw new DamagedException("the ring of domain " + connection.domid + " stands twice");
        }
        to.put(new RingImage(
                connection.domid,
                number,
                gfn,
                remotePort,
                (flags & MigrationStream.IGNORED) != 0,
                (flags & MigrationStream.CLEARS) != 0,
                requests,
                responses,
                connection.input,
                connection.output));
    }

    /** WATCH_DATA, or WATCH_DATA_EXTENDED as the specification has it (S-STR-8). */
    void watch(RecordReader from, boolean extended) throws DamagedException {
        int domid = connection(from.anyInt()).domid;
        int pathLength = from.anyShort();
        int tokenLength = from.anyShort();
        int depth = extended ? from.anyShort() : MigrationStream.NO_DEPTH;
        if (extended) {
            from.anyShort();
        }
        String given = from.text(pathLength);
        String token = from.text(tokenLength);
        NodePath path = NodePath.parse(given, NodePath.homeOf(domid))
                .orElseThrow(
                        () -> new DamagedException("domain " + domid + " watches " + given + ", which is no path"));
        to.add(new WatchImage(
                domid,
                path.text(),
                token,
                depth == MigrationStream.NO_DEPTH ? Watch.ANY_DEPTH : depth,
                NodePath.isRelative(given)));
    }

    /** DOMAIN_DATA. */
    void domain(RecordReader from) throws DamagedException {
        int domid = from.anyShort();
        int count = from.anyShort();
        int features = from.anyInt();
        if (settings.put(domid, new Settings(features, from.quotas(count, 0))) != null) {
            throw new DamagedException("domain " + domid + " stands twice");
        }
    }

    /** JXENSTORED_DOMAIN. */
    void ourDomain(RecordReader from) throws DamagedException {
        int domid = from.anyShort();
        Standing standing = standing((char) from.anyByte());
        int flags = from.anyByte();
        int target = from.anyInt();
        long serial = from.anyLong();
        long uniqueId = from.anyLong();
        @Nullable Settings known = settings.get(domid);
        if (known == null || domains.containsKey(domid)) {
            throw new DamagedException("domain " + domid + " has another number of records than one of each kind");
        }
        domains.put(
                domid,
                new DomainImage(
                        domid,
                        serial,
                        standing,
                        uniqueId,
                        (flags & MigrationStream.INTRODUCED) != 0,
                        (flags & MigrationStream.SHUTDOWN_REPORTED) != 0,
                        known.features,
                        target,
                        known.quotas));
    }

    /** Takes what was read, if it is all there and no fact is contradicted. */
    void finish() throws DamagedException {
        if (!domains.keySet().equals(settings.keySet())) {
            throw new DamagedException("some domain has another number of records than one of each kind");
        }
        for (DomainImage domain : domains.values()) {
            agree(domain, byDomid.remove(domain.domid()));
            to.put(domain);
        }
        if (!byDomid.isEmpty()) {
            throw new DamagedException("there are connections of domains that are none: " + byDomid.keySet());
        }
    }

    private void agree(DomainImage domain, @Nullable Connection connection) throws DamagedException {
        boolean agrees = connection == null
                ? !domain.introduced() || domain.standing() == Standing.HOST
                : domain.introduced()
                        && domain.target() == connection.target
                        && domain.uniqueId() == connection.uniqueId;
        if (!agrees) {
            throw new DamagedException("the connection of domain " + domain.domid()
                    + " contradicts what is remembered of it: introduced, target or unique id");
        }
        if (connection != null
                && to.ring(domain.domid()).isEmpty()
                && !(connection.input.isEmpty() && connection.output.isEmpty())) {
            throw new DamagedException("there are bytes of a ring of domain " + domain.domid() + ", which has none");
        }
    }

    /** How JXENSTORED_DOMAIN names it. */
    static char letter(Standing standing) {
        return switch (standing) {
            case GUEST -> 'g';
            case IDENTITY -> 'i';
            case HOST -> 'h';
        };
    }

    private static Standing standing(char letter) throws DamagedException {
        for (Standing standing : Standing.values()) {
            if (letter(standing) == letter) {
                return standing;
            }
        }
        throw new DamagedException("no domain has a standing of the letter " + (int) letter);
    }
}
