package org.jxenstored.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.store.Generations;

/** What operators hear of one domain, and how often. */
final class DomainWarningsTest {
    private final Domains domains =
            new Domains(new FakeDomainStates(), new Generations(), Quotas.DEFAULTS.with(QuotaName.SOFT_MEMORY, 100));
    private final Domain domain = domains.know(3);
    private final DomainWarnings warnings = domain.warnings();

    private void use(long bytes) {
        domain.gauge(QuotaName.MEMORY).add(bytes);
    }

    @Test
    @DisplayName("S-QUOTA-2: crossing the soft memory quota is said, and falling below it")
    void theSoftQuotaIsAWarning() {
        use(100);
        assertThat(warnings.memory(domain, 0)).isEmpty();
        use(1);
        assertThat(warnings.memory(domain, 0))
                .hasValueSatisfying(text -> assertThat(text).contains("domain 3", "101", "more than", "100"));
        use(-1);
        assertThat(warnings.memory(domain, 10_000))
                .hasValueSatisfying(text -> assertThat(text).contains("again less than"));
    }

    @Test
    @DisplayName("S-QUOTA-2: at most one message in ten seconds, and the state of then, not of in between")
    void aDomainThatSwingsIsNotLoud() {
        use(101);
        assertThat(warnings.memory(domain, 0)).isPresent();
        use(-50);
        assertThat(warnings.memory(domain, 9_999)).isEmpty();
        use(50);
        assertThat(warnings.memory(domain, 10_000)).isEmpty();
    }

    @Test
    @DisplayName("S-LOG-8: a stall by the hard memory quota is said, once in ten seconds")
    void aStallIsSaid() {
        assertThat(warnings.stalled(domain, 0))
                .hasValueSatisfying(text -> assertThat(text).contains("domain 3", "not served", "quota memory"));
        assertThat(warnings.stalled(domain, 9_999)).isEmpty();
        assertThat(warnings.stalled(domain, 10_000)).isPresent();
    }

    @Test
    @DisplayName("S-RING-9: that a guest is ignored is said once in ten seconds")
    void thatItIsIgnoredIsSaid() {
        assertThat(warnings.ignored(0)).isTrue();
        assertThat(warnings.ignored(9_999)).isFalse();
        assertThat(warnings.ignored(10_000)).isTrue();
    }

    @Test
    @DisplayName(
            "S-WRL-7: the rate limit is a warning when it begins, a note after 120 s without, a note when it is back")
    void theRateLimitIsSaidWhenItChanges() {
        assertThat(warnings.unlimited(domain, 0)).isEmpty();
        assertThat(warnings.rateLimited(domain, 0))
                .hasValueSatisfying(
                        text -> assertThat(text).contains("slowed down").doesNotContain("again"));
        assertThat(warnings.rateLimited(domain, 1_000)).isEmpty();
        assertThat(warnings.unlimited(domain, 120_999)).isEmpty();
        assertThat(warnings.unlimited(domain, 121_000)).isPresent();
        assertThat(warnings.unlimited(domain, 121_000)).isEmpty();
        assertThat(warnings.rateLimited(domain, 130_000))
                .hasValueSatisfying(text -> assertThat(text).contains("again"));
    }
}
