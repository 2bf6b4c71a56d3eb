package org.jxenstored.sim.toolstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.DomainType;
import org.jxenstored.sim.host.SimDomain;

final class MigrationTest {
    @TempDir
    Path directory;

    @Test
    @DisplayName("L-SUSP-8: a guest migrates again and again, and its stub domain is named after it each time")
    void twiceWithAStubDomain() throws Exception {
        try (Workshop workshop = new Workshop(directory)) {
            Toolstack toolstack = workshop.toolstack();
            SimDomain guest = toolstack.create(GuestConfig.named("alpha")
                    .withDomain(DomainConfig.SMALL.withType(DomainType.HVM))
                    .withDeviceModel(DeviceModelKind.STUB_DOMAIN));
            for (int journey = 1; journey <= 2; journey++) {
                guest = toolstack.migrate(guest);
                assertThat(toolstack.find("alpha")).contains(guest);
                SimDomain stub = toolstack.find("alpha-dm").orElseThrow();
                assertThat(workshop.text("/local/domain/" + stub.domid() + "/name"))
                        .isEqualTo("alpha-dm");
            }
            await().until(() -> toolstack.list().size() == 3);
        }
    }
}
