package org.jxenstored.store;

/** Tells whether a permission entry still means the domain it was written for (S-PERM-6b). */
@FunctionalInterface
public interface Births {
    /** True if the domain is known and was known when the store's generation was {@code generation}. */
    boolean knownSince(int domid, long generation);
}
