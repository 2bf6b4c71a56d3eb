package org.jxenstored.domain;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** A value for every quota; 0 switches a quota off (semantics.md 7.1). */
public final class Quotas {
    /** The values nobody changed. */
    public static final Quotas DEFAULTS = new Quotas(defaults());

    /** Has them all. */
    private final EnumMap<QuotaName, Long> values;

    private Quotas(EnumMap<QuotaName, Long> values) {
        this.values = values;
    }

    private static EnumMap<QuotaName, Long> defaults() {
        EnumMap<QuotaName, Long> values = new EnumMap<>(QuotaName.class);
        QuotaName.all().forEach(name -> values.put(name, (long) name.defaultValue()));
        return values;
    }

    /** The value of this quota, 0..2^32-2. */
    public long get(QuotaName name) {
        return Objects.requireNonNull(values.get(name));
    }

    /** True if {@code wanted} things are more than the quota permits. */
    public boolean isOver(QuotaName name, long wanted) {
        long limit = get(name);
        return limit != 0 && wanted > limit;
    }

    /** True if {@code present} things leave no room for one more. */
    public boolean isReached(QuotaName name, long present) {
        long limit = get(name);
        return limit != 0 && present >= limit;
    }

    /** These values with one changed. */
    public Quotas with(QuotaName name, long value) {
        EnumMap<QuotaName, Long> changed = new EnumMap<>(values);
        changed.put(name, value);
        return new Quotas(changed);
    }

    /** These values with some changed. */
    public Quotas with(Map<QuotaName, Long> changes) {
        EnumMap<QuotaName, Long> changed = new EnumMap<>(values);
        changed.putAll(changes);
        return new Quotas(changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quotas quotas && values.equals(quotas.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
