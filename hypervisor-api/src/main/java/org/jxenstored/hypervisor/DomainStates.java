package org.jxenstored.hypervisor;

import java.util.List;
import java.util.Optional;

/**
 * The hypervisor's list of domains: getdomaininfolist, and get_domain_state where there is one (lifecycle.md 4, 8.1).
 *
 * <p>A domain that is not reported is taken for gone, and what it had in the store is removed. So a backend that
 * cannot ask the hypervisor throws an unchecked exception; it never answers with less than there is.
 */
public interface DomainStates {
    /** All domains that exist, zombies too, in ascending order of domid. */
    List<DomainState> list();

    /** The domain with this id, empty if none exists. */
    Optional<DomainState> find(int domid);

    /** True if the hypervisor keeps a record of which domains changed; otherwise {@link #takeChanged} is not called. */
    boolean recordsChanges();

    /**
     * The ids of the domains that changed since the last call, ascending, each once; ids of domains that are
     * gone are among them. Taking them clears the record.
     */
    List<Integer> takeChanged();
}
