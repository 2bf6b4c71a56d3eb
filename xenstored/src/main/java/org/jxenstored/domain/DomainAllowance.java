package org.jxenstored.domain;

import org.jspecify.annotations.Nullable;
import org.jxenstored.operation.Allowance;
import org.jxenstored.protocol.Limits;

/** What a guest's quotas still permit. Values asked for are remembered as peaks (S-QUOTA-11). */
public final class DomainAllowance implements Allowance {
    private final Domains domains;
    private final Domain domain;

    public DomainAllowance(Domains domains, Domain domain) {
        this.domains = domains;
        this.domain = domain;
    }

    @Override
    public boolean permitsNodes(int count) {
        return !domain.quotas()
                .isOver(QuotaName.NODES, domain.gauge(QuotaName.NODES).value() + count);
    }

    @Override
    public boolean permitsMemory(int owner, long bytes) {
        @Nullable Domain booked = domains.get(owner);
        if (booked == null || booked.isExempt()) {
            return true;
        }
        return !booked.quotas()
                .isOver(QuotaName.MEMORY, booked.gauge(QuotaName.MEMORY).value() + bytes);
    }

    @Override
    public boolean permitsNodeSize(int size) {
        return permits(QuotaName.NODE_SIZE, size);
    }

    @Override
    public boolean permitsPermissions(int count) {
        return permits(QuotaName.NODE_PERMISSIONS, count);
    }

    /** The option can only lower the limit of the protocol (P-PATH-10). */
    @Override
    public boolean permitsPath(int length) {
        return length <= Limits.RELATIVE_PATH_MAX && permits(QuotaName.PATH_MAX, length);
    }

    private boolean permits(QuotaName name, int value) {
        if (domain.quotas().isOver(name, value)) {
            return false;
        }
        domain.gauge(name).raisePeak(value);
        return true;
    }
}
