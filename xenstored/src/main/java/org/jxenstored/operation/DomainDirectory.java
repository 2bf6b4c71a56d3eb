package org.jxenstored.operation;

/** Which domains exist, for permission lists that name them. */
@FunctionalInterface
public interface DomainDirectory {
    /**
     * Takes note of a domain that a permission list names.
     *
     * @return false if no such domain lives, in the store or in the hypervisor; entries for it are stale
     *     (S-PERM-6a, S-PERM-7, L-DRV-4)
     */
    boolean learn(int domid);

    /** A number that no other domain had or will have, whatever its domid; 0 if the store does not know the domain. */
    default long serial(int domid) {
        return 0;
    }
}
