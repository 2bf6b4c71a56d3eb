package org.jxenstored.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineTest {
    @Test
    void onlyInstalledPackagesOfThePeersAreNamed() {
        assertThat(Machine.peers("installed xen-utils-4.17 4.17.7-1\nnot-installed xen-utils-4.14 \n"))
                .isEqualTo("xen-utils-4.17 4.17.7-1");
        assertThat(Machine.peers("")).isEqualTo("unknown");
    }

    @Test
    void theVersionIsThatOfTheRootPom() {
        assertThat(Machine.version(
                        "<version>9</version>\n<artifactId>jxenstored</artifactId>\n    <version>0.3</version>"))
                .isEqualTo("0.3");
    }
}
