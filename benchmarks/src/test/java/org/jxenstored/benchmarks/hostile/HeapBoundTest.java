package org.jxenstored.benchmarks.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.jxenstored.domain.QuotaName;

class HeapBoundTest {
    private static Map<String, Long> defaults() {
        Map<String, Long> quotas = new HashMap<>();
        QuotaName.all().forEach(name -> quotas.put(name.wireName(), (long) name.defaultValue()));
        return quotas;
    }

    private static long bound(int guests, Map<String, Long> quotas) {
        return new HeapBound(quotas, guests, 0).bytes();
    }

    @Test
    void theBoundIsTheSumOfItsParts() {
        HeapBound bound = new HeapBound(defaults(), 100, 12_345);
        assertThat(bound.parts().getFirst().bytes()).isEqualTo(12_345);
        assertThat(bound.bytes())
                .isEqualTo(
                        bound.parts().stream().mapToLong(HeapBound.Part::bytes).sum());
        assertThat(bound.purses()).isEqualTo(100 * 2_621_440L);
    }

    @Test
    void itGrowsWithTheGuestsAndWithEveryQuota() {
        long bound = bound(100, defaults());
        assertThat(bound(200, defaults())).isBetween(bound + 1, 2 * bound);
        for (String name :
                new String[] {"memory", "nodes", "watches", "outstanding", "transactions", "transaction-nodes"}) {
            Map<String, Long> more = defaults();
            more.compute(name, (_, value) -> value == null ? 0 : 2 * value);
            assertThat(bound(100, more)).as(name).isGreaterThan(bound);
        }
    }

    @Test
    void aQuotaThatIsOffIsNoBound() {
        Map<String, Long> quotas = defaults();
        quotas.put("memory", 0L);
        assertThatIllegalStateException().isThrownBy(() -> bound(1, quotas)).withMessageContaining("memory");
    }
}
