package org.jxenstored.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThisMachineTest {
    @Test
    void processorsAreCountedAndNamed() {
        String one = "processor\t: 0\nmodel name\t: Fast 3000\nflags\t\t: fpu hypervisor sse\n";
        assertThat(ThisMachine.processors(one)).isEqualTo("Fast 3000, 1 CPU, a virtual machine");
        assertThat(ThisMachine.processors((one + one).replace(" hypervisor", "")))
                .isEqualTo("Fast 3000, 2 CPUs");
    }

    @Test
    void aProcessorWithoutAModelIsNamedByItsKind() {
        assertThat(ThisMachine.processors("processor\t: 0\nCPU part\t: 0xd0c\n"))
                .contains(System.getProperty("os.arch"))
                .endsWith(", 1 CPU");
    }

    @Test
    void memoryIsShownInGibibytes() {
        assertThat(ThisMachine.memory("MemTotal:        8136884 kB\nMemFree: 1 kB\n"))
                .isEqualTo("7.8 GiB");
        assertThat(ThisMachine.memory("")).isEqualTo("unknown");
    }
}
