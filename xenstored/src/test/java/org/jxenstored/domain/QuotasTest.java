package org.jxenstored.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotasTest {
    @ParameterizedTest
    @CsvSource({
        "nodes,1000",
        "watches,128",
        "outstanding,20",
        "memory,2621440",
        "soft-memory,2097152",
        "transactions,10",
        "transaction-nodes,1024",
        "node-permissions,5",
        "path-max,2048",
        "node-size,2048"
    })
    @DisplayName("semantics.md 7.1: names and defaults")
    void namesAndDefaults(String name, long value) {
        QuotaName quota = QuotaName.ofWireName(name).orElseThrow();
        assertThat(quota.wireName()).isEqualTo(name);
        assertThat(Quotas.DEFAULTS.get(quota)).isEqualTo(value);
        assertThat(quota.isHard()).isEqualTo(!name.equals("soft-memory"));
    }

    @Test
    @DisplayName("P-GQ-1: the order in which they are listed")
    void theOrderOfTheList() {
        assertThat(QuotaName.all().stream().map(QuotaName::wireName))
                .containsExactly(
                        "nodes",
                        "watches",
                        "outstanding",
                        "memory",
                        "soft-memory",
                        "transactions",
                        "transaction-nodes",
                        "node-permissions",
                        "path-max",
                        "node-size");
    }

    @Test
    @DisplayName("P-GQ-4: permissions is another name of node-permissions; others are unknown")
    void otherNames() {
        assertThat(QuotaName.ofWireName("permissions")).contains(QuotaName.NODE_PERMISSIONS);
        assertThat(QuotaName.ofWireName("path-length")).isEmpty();
        assertThat(QuotaName.ofWireName("")).isEmpty();
    }

    @Test
    @DisplayName("S-QUOTA-1: the number is the permitted maximum")
    void theNumberIsTheMaximum() {
        Quotas quotas = Quotas.DEFAULTS.with(QuotaName.WATCHES, 3);
        assertThat(quotas.isOver(QuotaName.WATCHES, 3)).isFalse();
        assertThat(quotas.isOver(QuotaName.WATCHES, 4)).isTrue();
        assertThat(quotas.isReached(QuotaName.WATCHES, 2)).isFalse();
        assertThat(quotas.isReached(QuotaName.WATCHES, 3)).isTrue();
    }

    @Test
    @DisplayName("P-SQ-2: 0 switches a quota off")
    void zeroIsOff() {
        Quotas quotas = Quotas.DEFAULTS.with(QuotaName.NODES, 0);
        assertThat(quotas.isOver(QuotaName.NODES, Long.MAX_VALUE)).isFalse();
        assertThat(quotas.isReached(QuotaName.NODES, Long.MAX_VALUE)).isFalse();
    }

    @Test
    void changedValuesMakeOtherQuotas() {
        Quotas changed = Quotas.DEFAULTS.with(Map.of(QuotaName.NODES, 5L, QuotaName.MEMORY, 0xffff_fffeL));
        assertThat(changed.get(QuotaName.NODES)).isEqualTo(5);
        assertThat(changed.get(QuotaName.MEMORY)).isEqualTo(0xffff_fffeL);
        assertThat(changed).isNotEqualTo(Quotas.DEFAULTS);
        assertThat(changed.with(QuotaName.NODES, 1000).with(QuotaName.MEMORY, 2_621_440))
                .isEqualTo(Quotas.DEFAULTS)
                .hasSameHashCodeAs(Quotas.DEFAULTS);
        assertThat(Quotas.DEFAULTS.get(QuotaName.NODES)).isEqualTo(1000);
    }

    @Test
    @DisplayName("S-QUOTA-11: the largest value ever is kept, for the domain and for everybody")
    void peaksAreKept() {
        Gauge everybody = new Gauge(null);
        Gauge one = new Gauge(everybody);
        Gauge other = new Gauge(everybody);
        one.add(5);
        one.add(-3);
        other.add(4);
        assertThat(one.value()).isEqualTo(2);
        assertThat(one.peak()).isEqualTo(5);
        assertThat(everybody.peak()).isEqualTo(5);
        other.raisePeak(9);
        assertThat(other.value()).isEqualTo(4);
        assertThat(everybody.peak()).isEqualTo(9);
        other.resetPeak();
        assertThat(other.peak()).isEqualTo(4);
        assertThat(everybody.peak()).isEqualTo(9);
    }
}
