package org.jxenstored.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.store.Generations;
import org.jxenstored.testing.Seeds;

@DisplayName("semantics.md 8: the write rate limit")
class WriteRateLimitTest {
    private final WriteRateLimit limit = new WriteRateLimit();
    private final Domains domains = new Domains(new FakeDomainStates(), new Generations(), Quotas.DEFAULTS);
    private int lastDomid;

    private Domain joined(long now) {
        Domain domain = domains.know(++lastDomid);
        limit.join(domain, now);
        return domain;
    }

    private long credit(Domain domain) {
        return limit.creditMilliUnits(domain);
    }

    @Test
    @DisplayName("S-WRL-5: a new domain gets 10 units from the reserve, which may go down to -50")
    void newDomainsAreGivenCredit() {
        for (int i = 0; i < 5; i++) {
            assertThat(credit(joined(0))).isEqualTo(10_000);
        }
        assertThat(limit.reserveMilliUnits()).isEqualTo(-50_000);
        assertThat(credit(joined(0))).as("the sixth gets nothing").isZero();
        assertThat(limit.reserveMilliUnits()).isEqualTo(-50_000);
    }

    @Test
    @DisplayName("S-WRL-3: 200 units a second for all together, at most 10 at once")
    void creditRefills() {
        Domain one = joined(0);
        Domain other = joined(0);
        limit.charge(one, 10, 0);
        assertThat(credit(one)).isZero();
        limit.charge(one, 0, 20);
        assertThat(credit(one)).as("20 ms at 100 units a second").isEqualTo(2_000);
        limit.charge(one, 0, 10_000);
        assertThat(credit(one)).isEqualTo(10_000);
        assertThat(credit(other)).isEqualTo(10_000);
    }

    @Test
    @DisplayName("S-WRL-3: no time is lost however often one looks")
    void noTimeIsLost() {
        List<Domain> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            all.add(joined(0));
        }
        Domain poor = all.getLast();
        limit.charge(poor, 1, 0);
        for (long now = 1; now <= 3000; now++) {
            limit.millisToWait(poor, now);
        }
        assertThat(limit.millisToWait(poor, 3000))
                .as("one unit takes 300 domains 1.5 s")
                .isZero();
    }

    @Test
    @DisplayName("S-WRL-6: who is in debt waits as long as the refill takes")
    void debtIsWaitedFor() {
        Domain one = joined(0);
        joined(0);
        joined(0);
        limit.charge(one, 14, 0);
        assertThat(credit(one)).isEqualTo(-4_000);
        assertThat(limit.millisToWait(one, 0)).as("4 units for 3 domains").isEqualTo(60);
        assertThat(limit.millisToWait(one, 59)).isPositive();
        assertThat(limit.millisToWait(one, 61)).isZero();
    }

    @Test
    void whoIsNotInDebtDoesNotWait() {
        Domain one = joined(0);
        limit.charge(one, 10, 0);
        assertThat(limit.millisToWait(one, 0)).isZero();
    }

    @Test
    @DisplayName("S-WRL-4: what a full domain cannot take goes into the reserve, which lifts others to 0")
    void theReserveHelps() {
        Domain rich = joined(0);
        Domain poor = joined(0);
        limit.charge(rich, 0, 500);
        assertThat(limit.reserveMilliUnits())
                .as("-20 units, and what the two could not take of 100")
                .isEqualTo(80_000);
        limit.charge(poor, 110, 500);
        assertThat(credit(poor)).isEqualTo(-20_000);
        assertThat(limit.reserveMilliUnits()).isZero();
        assertThat(limit.millisToWait(poor, 500)).isEqualTo(200);
        assertThat(limit.millisToWait(poor, 600))
                .as("10 units of its own, and 10 that the rich one cannot take")
                .isZero();
        assertThat(credit(poor)).isZero();
    }

    @Test
    @DisplayName("S-WRL-4: those who do nothing feed the reserve too, so many idle domains do not slow one down")
    void idleDomainsFeedTheReserve() {
        for (int i = 0; i < 10_000; i++) {
            joined(0);
        }
        Domain busy = joined(600_000);
        assertThat(credit(busy)).isEqualTo(10_000);
        limit.charge(busy, 500, 600_000);
        assertThat(limit.millisToWait(busy, 600_000)).isZero();
        assertThat(limit.reserveMilliUnits()).isBetween(400_000L, 500_000L);
    }

    @Test
    @DisplayName("S-WRL-4: the reserve holds at most 1000 units")
    void theReserveIsLimited() {
        limit.charge(joined(0), 0, 1_000_000);
        assertThat(limit.reserveMilliUnits()).isEqualTo(1_000_000);
    }

    @Test
    @DisplayName("S-WRL-5: a leaving domain returns its credit, up to a reserve of 10; debts are forgiven")
    void aLeavingDomainReturnsItsCredit() {
        Domain one = joined(0);
        Domain other = joined(0);
        limit.leave(one, 0);
        assertThat(limit.reserveMilliUnits()).isEqualTo(-10_000);
        limit.leave(one, 0);
        assertThat(limit.reserveMilliUnits()).as("only once").isEqualTo(-10_000);
        limit.charge(other, 30, 0);
        limit.leave(other, 0);
        assertThat(limit.reserveMilliUnits()).isEqualTo(-10_000);
        Domain third = joined(0);
        limit.charge(third, 0, 5_000);
        assertThat(limit.reserveMilliUnits()).isPositive();
        limit.leave(third, 5_000);
        assertThat(limit.reserveMilliUnits())
                .as("a fuller reserve is not made smaller")
                .isEqualTo(980_000);
    }

    @Test
    @DisplayName("S-WRL-1: who was not introduced does not pay")
    void strangersDoNotPay() {
        Domain stranger = domains.know(77);
        limit.charge(stranger, 1000, 0);
        assertThat(limit.millisToWait(stranger, 0)).isZero();
        assertThat(credit(stranger)).isZero();
    }

    @Test
    void nobodyWaitsForEver() {
        Seeds.forEach(20, random -> {
            WriteRateLimit fresh = new WriteRateLimit();
            Domains some = new Domains(new FakeDomainStates(), new Generations(), Quotas.DEFAULTS);
            List<Domain> all = new ArrayList<>();
            long now = 0;
            for (int i = 0; i < 500; i++) {
                now += random.nextInt(10);
                if (all.size() < 5 || random.nextInt(20) == 0) {
                    Domain domain = some.know(1000 + i);
                    fresh.join(domain, now);
                    all.add(domain);
                }
                fresh.charge(all.get(random.nextInt(all.size())), random.nextInt(30), now);
                assertThat(fresh.reserveMilliUnits()).isBetween(-50_000L, 1_000_000L);
            }
            for (Domain domain : all) {
                now += fresh.millisToWait(domain, now) + 1;
                assertThat(fresh.millisToWait(domain, now)).isZero();
            }
        });
    }
}
