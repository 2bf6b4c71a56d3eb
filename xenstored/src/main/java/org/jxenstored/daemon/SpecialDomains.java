package org.jxenstored.daemon;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainState.Capability;

/**
 * The two domains with a role for the store (S-RUN-1).
 *
 * @param storeDomid the domain this daemon runs in
 * @param privDomid the domain that may do everything
 */
public record SpecialDomains(int storeDomid, int privDomid) {
    /**
     * Finds them: the store runs in the last domain with the xenstore capability, else in {@code masterDomid},
     * else in the privileged domain; privileged is {@code privDomid}, else the first control domain, else the
     * store's own domain.
     *
     * @return empty if neither the hypervisor nor an option names any
     */
    public static Optional<SpecialDomains> find(
            List<DomainState> domains, OptionalInt masterDomid, OptionalInt privDomid) {
        OptionalInt store = ids(domains, Capability.XENSTORE).stream()
                .mapToInt(Integer::intValue)
                .reduce((first, second) -> second);
        if (store.isEmpty()) {
            store = masterDomid;
        }
        OptionalInt priv = privDomid.isPresent()
                ? privDomid
                : ids(domains, Capability.CONTROL).stream()
                        .mapToInt(Integer::intValue)
                        .findFirst();
        if (store.isEmpty() && priv.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SpecialDomains(
                store.isPresent() ? store.getAsInt() : priv.getAsInt(),
                priv.isPresent() ? priv.getAsInt() : store.getAsInt()));
    }

    /** True if this is one of them; the daemon's own domain is, which is what an empty id means (P-CALL-3). */
    boolean include(OptionalInt domid) {
        return domid.isEmpty() || domid.getAsInt() == storeDomid || domid.getAsInt() == privDomid;
    }

    private static List<Integer> ids(List<DomainState> domains, Capability capability) {
        return domains.stream()
                .filter(domain -> domain.has(capability))
                .map(DomainState::domid)
                .toList();
    }
}
