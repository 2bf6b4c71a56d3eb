package org.jxenstored.engine;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.domain.FakeDomainStates;
import org.jxenstored.testing.Seeds;

/** Whatever guests ask and whoever dies, the books are right. */
class RandomRequestsTest {
    @Test
    void theBooksAreAlwaysRight() {
        Seeds.forEach(15, random -> new RandomRequests(random, new FakeDomainStates()).live(600));
    }

    @Test
    @DisplayName("L-RACE-6: also where the hypervisor has no unique ids and pages may be others than before")
    void theBooksAreRightOnAnOldHypervisorToo() {
        Seeds.forEach(15, random -> new RandomRequests(random, new FakeDomainStates(false, false)).live(600));
    }
}
