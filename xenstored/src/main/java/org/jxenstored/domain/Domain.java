package org.jxenstored.domain;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.store.Subject;

/**
 * A domain that the store knows: introduced, or named by a permission list, a quota or a feature mask.
 *
 * <p>Mutable, owned by {@link Domains}; forgotten as a whole when the domain is gone (S-DEATH-5), so that nothing
 * of it can serve a successor with the same domid.
 */
public final class Domain {
    /** What kind of domain this is to the daemon. */
    public enum Standing {
        /** A domain of the hypervisor that comes and goes. */
        GUEST,
        /** The identity of a listener: has quotas, need not exist in the hypervisor. Once introduced, as a guest. */
        IDENTITY,
        /** The daemon's own domain or the control domain. */
        HOST
    }

    private final int domid;
    private final long serial;
    private final long birth;
    private final Standing standing;
    private final Map<QuotaName, Gauge> gauges = new EnumMap<>(QuotaName.class);
    private final WriteCredit writeCredit = new WriteCredit();
    private final DomainWarnings warnings = new DomainWarnings();
    private final Consumer<Domain> changed;
    private Quotas quotas;
    private int features;
    private long uniqueId;
    private int target = Subject.NO_TARGET;
    private boolean introduced;
    private boolean shutdownReported;

    /** @param changed told of everything that must outlive the daemon */
    Domain(int domid, long serial, long birth, Standing standing, DomainDefaults defaults, Consumer<Domain> changed) {
        this.domid = domid;
        this.changed = changed;
        this.serial = serial;
        this.birth = birth;
        this.standing = standing;
        this.quotas = defaults.quotas();
        this.features = defaults.features();
        for (QuotaName name : QuotaName.all()) {
            gauges.put(name, new Gauge(isExempt() ? null : defaults.everybody().get(name)));
        }
    }

    public int domid() {
        return domid;
    }

    /** A positive number that no other record ever had, not even of the same domid. */
    public long serial() {
        return serial;
    }

    /** The store's generation when the domain became known (S-GEN-6). */
    public long birth() {
        return birth;
    }

    /** True if no scan removes this record. */
    public boolean isPinned() {
        return standing == Standing.HOST || (standing == Standing.IDENTITY && !introduced);
    }

    /** True if no quota applies. */
    public boolean isExempt() {
        return standing == Standing.HOST;
    }

    public Quotas quotas() {
        return quotas;
    }

    public void setQuota(QuotaName name, long value) {
        quotas = quotas.with(name, value);
        changed.accept(this);
    }

    /** The features this domain is, or will be, offered. */
    public int features() {
        return features;
    }

    public void setFeatures(int mask) {
        features = mask;
        changed.accept(this);
    }

    /** The hypervisor's unique id, or {@link DomainState#NO_UNIQUE_ID} as long as none was seen (L-SCAN-1). */
    public long uniqueId() {
        return uniqueId;
    }

    void setUniqueId(long id) {
        uniqueId = id;
        changed.accept(this);
    }

    /** The domain whose rights it shares, or {@link Subject#NO_TARGET}. */
    public int target() {
        return target;
    }

    void setTarget(int domid) {
        target = domid;
        changed.accept(this);
    }

    public boolean isIntroduced() {
        return introduced;
    }

    public void setIntroduced() {
        introduced = true;
        changed.accept(this);
    }

    /** True if its present shutdown was told to watchers; RESUME arms it again. */
    public boolean isShutdownReported() {
        return shutdownReported;
    }

    public void setShutdownReported(boolean reported) {
        if (shutdownReported != reported) {
            shutdownReported = reported;
            changed.accept(this);
        }
    }

    /** All of it that must outlive the daemon. */
    public DomainImage image() {
        return new DomainImage(
                domid, serial, standing, uniqueId, introduced, shutdownReported, features, target, quotas);
    }

    /** Becomes again what it was. */
    void restore(DomainImage image) {
        quotas = image.quotas();
        features = image.features();
        uniqueId = image.uniqueId();
        target = image.target();
        introduced = image.introduced();
        shutdownReported = image.shutdownReported();
        changed.accept(this);
    }

    /** What the domain uses of a quota. */
    public Gauge gauge(QuotaName name) {
        return Objects.requireNonNull(gauges.get(name));
    }

    /** Its share of writes while others have transactions open. */
    public WriteCredit writeCredit() {
        return writeCredit;
    }

    /** What operators were told of it. */
    public DomainWarnings warnings() {
        return warnings;
    }

    /** True if its requests must wait until it uses less (S-QUOTA-9). */
    public boolean isOverHardMemory() {
        return quotas.isOver(QuotaName.MEMORY, gauge(QuotaName.MEMORY).value());
    }

    /** True if it has as many requests open as it may (S-QUOTA-8). */
    public boolean hasTooManyOutstanding() {
        return quotas.isReached(
                QuotaName.OUTSTANDING, gauge(QuotaName.OUTSTANDING).value());
    }

    @Override
    public String toString() {
        return "domain " + domid;
    }
}
