package org.jxenstored.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineTest {
    @Test
    void processorsAreCountedAndNamed() {
        String one = "processor\t: 0\nmodel name\t: Fast 3000\nflags\t\t: fpu hypervisor sse\n";
        assertThat(Machine.processors(one)).isEqualTo("Fast 3000, 1 CPU, a virtual machine");
        assertThat(Machine.processors((one + one).replace(" hypervisor", ""))).isEqualTo("Fast 3000, 2 CPUs");
    }

    @Test
    void aProcessorWithoutAModelIsNamedByItsKind() {
        assertThat(Machine.processors("processor\t: 0\nCPU part\t: 0xd0c\n"))
                .contains(System.getProperty("os.arch"))
                .endsWith(", 1 CPU");
    }

    @Test
    void memoryIsShownInGibibytes() {
        assertThat(Machine.memory("MemTotal:        8136884 kB\nMemFree: 1 kB\n"))
                .isEqualTo("7.8 GiB");
        assertThat(Machine.memory("")).isEqualTo("unknown");
    }

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
