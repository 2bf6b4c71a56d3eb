package org.jxenstored.domain;

import org.jxenstored.domain.Domain.Standing;

/**
 * All that must be remembered of a domain the store knows.
 *
 * @param serial tells it from every other domain that was known by this domid since the daemon's start
 * @param uniqueId the hypervisor's, or {@link org.jxenstored.hypervisor.DomainState#NO_UNIQUE_ID}
 * @param target the domain whose rights it shares, or {@link org.jxenstored.store.Subject#NO_TARGET}
 */
public record DomainImage(
        int domid,
        long serial,
        Standing standing,
        long uniqueId,
        boolean introduced,
        boolean shutdownReported,
        int features,
        int target,
        Quotas quotas) {}
