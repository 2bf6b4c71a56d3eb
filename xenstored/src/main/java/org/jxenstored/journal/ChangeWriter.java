package org.jxenstored.journal;

import org.jxenstored.domain.DomainImage;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.domain.Quotas;
import org.jxenstored.engine.ChangeListener;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Grant;
import org.jxenstored.store.Node;
import org.jxenstored.store.Permissions;
import org.jxenstored.watch.WatchImage;

/** Changes as bytes, for {@link ChangeReader}. */
final class ChangeWriter implements ChangeListener {
    private final Bytes bytes = new Bytes();

    private Bytes begin(Entry entry) {
        bytes.putByte(entry.letter());
        return bytes;
    }

    boolean isEmpty() {
        return bytes.isEmpty();
    }

    /** What was written since {@link #clear}; good until the next change. */
    RecordBody body() {
        return bytes;
    }

    void clear() {
        bytes.clear();
    }

    Bytes.Mark mark() {
        return bytes.mark();
    }

    /** Forgets what was written behind this. */
    void cutTo(Bytes.Mark mark) {
        bytes.cutTo(mark);
    }

    @Override
    public void down(String name) {
        begin(Entry.DOWN).putText(name);
    }

    @Override
    public void up() {
        begin(Entry.UP);
    }

    @Override
    public void set(Node node) {
        begin(Entry.SET);
        permissions(node.permissions());
        bytes.putValue(node.value());
    }

    @Override
    public void remove(String name) {
        begin(Entry.REMOVE).putText(name);
    }

    @Override
    public void setSpecial(Node introduceDomain, Node releaseDomain) {
        begin(Entry.SPECIAL);
        permissions(introduceDomain.permissions());
        permissions(releaseDomain.permissions());
    }

    @Override
    public void overwritten(StorePath path, Value value) {
        begin(Entry.VALUE).putText(path.text());
        bytes.putValue(value);
    }

    private void permissions(Permissions permissions) {
        bytes.putShort(permissions.size());
        for (Grant grant : permissions) {
            bytes.putByte(grant.permission().access().letter());
            bytes.putByte(grant.stale() ? MigrationStream.STALE : 0);
            bytes.putShort(grant.domid());
        }
    }

    @Override
    public void domain(DomainImage domain) {
        begin(Entry.DOMAIN).putShort(domain.domid());
        bytes.putLong(domain.serial());
        bytes.putText(domain.standing().name());
        bytes.putLong(domain.uniqueId());
        bytes.putByte(domain.introduced() ? 1 : 0);
        bytes.putByte(domain.shutdownReported() ? 1 : 0);
        bytes.putInt(domain.features());
        bytes.putInt(domain.target());
        quotaValues(domain.quotas());
    }

    @Override
    public void forgotten(int domid) {
        begin(Entry.FORGOTTEN).putShort(domid);
    }

    @Override
    public void quotas(Quotas quotas) {
        begin(Entry.QUOTAS);
        quotaValues(quotas);
    }

    private void quotaValues(Quotas quotas) {
        bytes.putByte(QuotaName.all().size());
        for (QuotaName name : QuotaName.all()) {
            bytes.putText(name.wireName());
            bytes.putLong(quotas.get(name));
        }
    }

    @Override
    public void watched(WatchImage watch) {
        begin(Entry.WATCHED);
        watch(watch);
    }

    @Override
    public void unwatched(WatchImage watch) {
        begin(Entry.UNWATCHED);
        watch(watch);
    }

    private void watch(WatchImage watch) {
        bytes.putShort(watch.domid());
        bytes.putText(watch.path());
        bytes.putText(watch.token());
        bytes.putInt(watch.depth());
        bytes.putByte(watch.relative() ? 1 : 0);
    }

    void ring(RingImage ring) {
        begin(Entry.RING).putShort(ring.domid());
        bytes.putLong(ring.number());
        bytes.putLong(ring.gfn());
        bytes.putInt(ring.remotePort());
        bytes.putByte(ring.ignored() ? 1 : 0);
        bytes.putByte(ring.clears() ? 1 : 0);
        bytes.putInt(ring.requests());
        bytes.putInt(ring.responses());
        bytes.putValue(ring.input());
        bytes.putValue(ring.output());
    }

    void boot(String name) {
        begin(Entry.BOOT).putText(name);
    }

    void ring(RingStep step) {
        begin(Entry.RING_STEP).putShort(step.domid());
        bytes.putLong(step.number());
        bytes.putByte(step.ignored() ? 1 : 0);
        bytes.putInt(step.requests());
        bytes.putInt(step.responses());
        bytes.putInt(step.inputBytes());
        bytes.putValue(step.moreInput());
        bytes.putInt(step.outputBytes());
        bytes.putValue(step.moreOutput());
    }
}
