package org.jxenstored.journal;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;
import org.jxenstored.domain.Domain.Standing;
import org.jxenstored.domain.DomainImage;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.domain.Quotas;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Subject;
import org.jxenstored.watch.Watch;
import org.jxenstored.watch.WatchImage;

/**
 * Writes all that is remembered as a migration stream, in the order of S-STR-3. What the stream has a record for is in that
 * record; only what it has none for is in records of {@link MigrationStream our own}, which other readers skip.
 *
 * <p>Sockets and transactions end with the daemon, so there are none. Nor are there descriptors and ports of event channels:
 * these end with the process that has them open.
 */
final class SnapshotWriter {
    private static final int CONNECTION_SIZE = 24;
    private static final int WATCH_SIZE = 8;
    private static final int EXTENDED_WATCH_SIZE = 12;
    private static final int RING_SIZE = 40;
    private static final int DOMAIN_SIZE = 24;

    /** Bytes of a value and a name for each quota. */
    private static final long QUOTAS_SIZE = QuotaName.all().stream()
            .mapToLong(name -> Integer.BYTES + sizeOf(name.wireName()))
            .sum();

    private final StreamWriter stream;
    private final SnapshotContents contents;

    private SnapshotWriter(StreamWriter stream, SnapshotContents contents) {
        this.stream = stream;
        this.contents = contents;
    }

    static void write(WritableByteChannel to, SnapshotContents contents) throws IOException {
        new SnapshotWriter(new StreamWriter(to), contents).writeAll();
    }

    private void writeAll() throws IOException {
        stream.header();
        snapshot(Value.of(contents.boot().orElse("")));
        global();
        globalQuotas();
        int connection = 0;
        for (DomainImage domain : contents.domains()) {
            if (hasConnection(domain)) {
                connection++;
                connection(connection, domain);
                for (WatchImage watch : contents.watches(domain.domid())) {
                    watch(connection, watch);
                }
            }
        }
        NodeWriter.write(contents.tree(), stream);
        for (DomainImage domain : contents.domains()) {
            domain(domain);
        }
        stream.finish();
    }

    /**
     * Nothing but an introduced domain is served, so a ring or a watch of another one means nothing. One that is introduced
     * has a connection, whether its ring could be had or not (S-STR-9); but the host's own domain may need none.
     */
    private boolean hasConnection(DomainImage domain) {
        return domain.introduced() && (domain.standing() != Standing.HOST || contents.ring(domain.domid()) != null);
    }

    private void snapshot(Value boot) throws IOException {
        stream.begin(MigrationStream.JXENSTORED_SNAPSHOT, 2 * Integer.BYTES + (long) boot.size());
        stream.putInt(MigrationStream.LAYOUT);
        stream.putInt(boot.size());
        stream.put(boot);
        stream.end();
    }

    private void global() throws IOException {
        stream.begin(MigrationStream.GLOBAL_DATA, 2 * Integer.BYTES);
        stream.putInt(MigrationStream.NO_DESCRIPTOR);
        stream.putInt(MigrationStream.NO_DESCRIPTOR);
        stream.end();
    }

    private void globalQuotas() throws IOException {
        stream.begin(MigrationStream.GLOBAL_QUOTA_DATA, 2 * Short.BYTES + QUOTAS_SIZE);
        stream.putShort(QuotaName.all().size());
        stream.putShort(0);
        quotas(contents.quotas());
        stream.end();
    }

    /** All values, then all names (S-STR-7). */
    private void quotas(Quotas quotas) throws IOException {
        for (QuotaName name : QuotaName.all()) {
            stream.putInt((int) quotas.get(name));
        }
        for (QuotaName name : QuotaName.all()) {
            stream.putText(name.wireName());
        }
    }

    private static int sizeOf(String text) {
        return text.length() + 1;
    }

    private void connection(int id, DomainImage domain) throws IOException {
        @Nullable RingImage ring = contents.ring(domain.domid());
        Value input = ring == null ? Value.EMPTY : ring.input();
        Value output = ring == null ? Value.EMPTY : ring.output();
        boolean hasUniqueId = domain.uniqueId() != DomainState.NO_UNIQUE_ID;
        long data = JournalFile.aligned(CONNECTION_SIZE + (long) input.size() + output.size());
        stream.begin(MigrationStream.CONNECTION_DATA, data + (hasUniqueId ? Long.BYTES : 0));
        stream.putInt(id);
        stream.putShort(MigrationStream.RING);
        stream.putShort(hasUniqueId ? MigrationStream.HAS_UNIQUE_ID : 0);
        stream.putShort(domain.domid());
        stream.putShort(domain.target() == Subject.NO_TARGET ? Domid.INVALID : domain.target());
        stream.putInt(MigrationStream.NO_PORT);
        stream.putShort(input.size());
        stream.putShort(WholeMessages.begin(output.toByteArray()));
        stream.putInt(output.size());
        stream.put(input);
        stream.put(output);
        stream.pad();
        if (hasUniqueId) {
            stream.putLong(domain.uniqueId());
        }
        stream.end();
        if (ring != null) {
            ring(id, ring);
        }
    }

    private void ring(int connection, RingImage ring) throws IOException {
        stream.begin(MigrationStream.JXENSTORED_RING, RING_SIZE);
        stream.putInt(connection);
        stream.putInt(ring.remotePort());
        stream.putLong(ring.number());
        stream.putLong(ring.gfn());
        stream.putInt(ring.requests());
        stream.putInt(ring.responses());
        stream.putInt((ring.ignored() ? MigrationStream.IGNORED : 0) | (ring.clears() ? MigrationStream.CLEARS : 0));
        stream.putInt(0);
        stream.end();
    }

    /** One that was given relative to the domain's home is written so (S-REL-2). */
    private void watch(int connection, WatchImage watch) throws IOException {
        String home = NodePath.homeOf(watch.domid());
        String path = watch.relative() ? watch.path().substring(home.length() + 1) : watch.path();
        boolean extended = watch.depth() != Watch.ANY_DEPTH;
        stream.begin(
                extended ? MigrationStream.WATCH_DATA_EXTENDED : MigrationStream.WATCH_DATA,
                (extended ? EXTENDED_WATCH_SIZE : WATCH_SIZE) + (long) sizeOf(path) + sizeOf(watch.token()));
        stream.putInt(connection);
        stream.putShort(sizeOf(path));
        stream.putShort(sizeOf(watch.token()));
        if (extended) {
            stream.putShort(watch.depth());
            stream.putShort(0);
        }
        stream.putText(path);
        stream.putText(watch.token());
        stream.end();
    }

    private void domain(DomainImage domain) throws IOException {
        stream.begin(MigrationStream.DOMAIN_DATA, 2 * Short.BYTES + Integer.BYTES + QUOTAS_SIZE);
        stream.putShort(domain.domid());
        stream.putShort(QuotaName.all().size());
        stream.putInt(domain.features());
        quotas(domain.quotas());
        stream.end();
        stream.begin(MigrationStream.JXENSTORED_DOMAIN, DOMAIN_SIZE);
        stream.putShort(domain.domid());
        stream.putByte(GuestRecords.letter(domain.standing()));
        stream.putByte((domain.introduced() ? MigrationStream.INTRODUCED : 0)
                | (domain.shutdownReported() ? MigrationStream.SHUTDOWN_REPORTED : 0));
        stream.putInt(domain.target());
        stream.putLong(domain.serial());
        stream.putLong(domain.uniqueId());
        stream.end();
    }
}
