package org.jxenstored.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The quotas of a domain, in the order GET_QUOTA lists them (semantics.md 7.1, P-GQ-1). */
public enum QuotaName {
    NODES("nodes", 1000, "nodes a domain may own"),
    WATCHES("watches", 128, "watches a domain may set"),
    OUTSTANDING("outstanding", 20, "requests not fully answered"),
    MEMORY("memory", 2_621_440, "bytes of store memory (hard)"),
    SOFT_MEMORY("soft-memory", 2_097_152, "bytes of store memory (soft)"),
    TRANSACTIONS("transactions", 10, "open transactions"),
    TRANSACTION_NODES("transaction-nodes", 1024, "nodes touched by one transaction"),
    NODE_PERMISSIONS("node-permissions", 5, "permission entries of one node"),
    PATH_MAX("path-max", 2048, "bytes of a path below the home"),
    NODE_SIZE("node-size", 2048, "bytes of one node");

    private static final List<QuotaName> ALL = List.of(values());

    private final String wireName;
    private final int defaultValue;
    private final String description;

    QuotaName(String wireName, int defaultValue, String description) {
        this.wireName = wireName;
        this.defaultValue = defaultValue;
        this.description = description;
    }

    /** The name on the wire and in options. */
    public String wireName() {
        return wireName;
    }

    /** The value when nobody set another; the number is the permitted maximum (S-QUOTA-1). */
    public int defaultValue() {
        return defaultValue;
    }

    /** A few words for people. */
    public String description() {
        return description;
    }

    /** True if crossing it refuses or stalls something; a soft one only warns (S-QUOTA-2). */
    public boolean isHard() {
        return this != SOFT_MEMORY;
    }

    /** All quotas, in wire order. */
    public static List<QuotaName> all() {
        return ALL;
    }

    /** The quota of this wire name; {@code permissions} is another name of {@code node-permissions} (P-GQ-4). */
    public static Optional<QuotaName> ofWireName(String name) {
        String known = name.equals("permissions") ? NODE_PERMISSIONS.wireName : name;
        return Arrays.stream(values())
                .filter(quota -> quota.wireName.equals(known))
                .findFirst();
    }
}
