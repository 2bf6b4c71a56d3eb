package org.jxenstored.xen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.jxenstored.xen.fake.Obstacles.blocked;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.jxenstored.hypervisor.HypervisorProvider;
import org.jxenstored.hypervisor.Obstacle;

final class RealXenProviderTest {
    private final RealXenProvider provider = new RealXenProvider();

    @Test
    void itIsFoundByItsName() {
        assertThat(ServiceLoader.load(HypervisorProvider.class))
                .extracting(HypervisorProvider::name)
                .contains("xen");
    }

    @Test
    void onlyLinuxOnTwoArchitecturesIsServed() {
        assertThatCode(() -> RealXenProvider.checkSystem("Linux", "amd64")).doesNotThrowAnyException();
        assertThatCode(() -> RealXenProvider.checkSystem("Linux", "aarch64")).doesNotThrowAnyException();
        blocked(Obstacle.NO_HYPERVISOR, () -> RealXenProvider.checkSystem("FreeBSD", "amd64"), "Linux", "FreeBSD");
        blocked(Obstacle.NO_HYPERVISOR, () -> RealXenProvider.checkSystem("Linux", "riscv64"), "aarch64", "riscv64");
    }

    @Test
    void aMistakeInTheOptionsIsNamedFirst() {
        blocked(Obstacle.OTHER, () -> provider.open(Map.of("map", "x"), Path.of("/nowhere")), "map=x");
    }

    @Test
    void withoutXenTheRealKernelShowsNone() {
        Assumptions.assumeFalse(Files.exists(Path.of("/dev/xen")) || Files.exists(Path.of("/sys/hypervisor/type")));
        blocked(Obstacle.NO_HYPERVISOR, () -> provider.open(Map.of(), Path.of("/nowhere")), "does not run on Xen");
    }
}
