package org.jxenstored.sim.toolstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.guest.ShutdownRequest;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.DomainType;
import org.jxenstored.sim.host.ShutdownCode;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.xenbus.DeviceType;

/** The toolstack with guests and backends, and a store that only takes notes. */
final class ToolstackTest {
    private final Workshop workshop;
    private final Toolstack toolstack;
    private final TinyStore store;

    ToolstackTest(@TempDir Path directory) throws Exception {
        workshop = new Workshop(directory);
        toolstack = workshop.toolstack();
        store = workshop.store();
    }

    @AfterEach
    void end() throws Exception {
        workshop.close();
    }

    private SimDomain create(GuestConfig config) throws Exception {
        return toolstack.create(config);
    }

    private boolean isListed(SimDomain domain) {
        return toolstack.list().contains(domain);
    }

    private SimDomain awaitSuccessor(String name, SimDomain old) {
        await().until(() -> toolstack.find(name).filter(now -> now != old).isPresent());
        return toolstack.find(name).orElseThrow();
    }

    private void awaitText(String path, String text) {
        await().until(() -> store.text(path).equals(Optional.of(text)));
    }

    @Test
    @DisplayName("lifecycle.md 3: a created guest has the nodes of libxl, is introduced and runs")
    void create() throws Exception {
        SimDomain guest = create(GuestConfig.named("alpha"));
        assertThat(store.text("/local/domain/1/name")).contains("alpha");
        assertThat(store.text("/local/domain/1/store/port")).contains(Integer.toString(guest.storePort()));
        assertThat(store.permissions("/local/domain/1")).isEqualTo("n0 r1");
        assertThat(store.permissions("/local/domain/1/control/shutdown")).isEqualTo("n1");
        assertThat(store.permissions("/local/domain/1/data")).isEqualTo("n1");
        assertThat(store.permissions("/libxl/1")).isEqualTo("n0");
        assertThat(store.text("/libxl/1/type")).contains("pvh");
        String vm = store.text("/local/domain/1/vm").orElseThrow();
        assertThat(store.text(vm + "/name")).contains("alpha");
        assertThat(store.permissions(vm)).isEqualTo("n0 r1");
        assertThat(guest.isRunning()).isTrue();
    }

    @Test
    @DisplayName("lifecycle.md 3 step 9: devices have nodes on three sides, and their drivers connect")
    void devices() throws Exception {
        create(GuestConfig.named("alpha")
                .withDevice(DeviceType.VIF, DeviceConfig.DOM0)
                .withDevice(DeviceType.VBD, "Domain-0"));
        assertThat(store.permissions("/local/domain/1/device/vif/0")).isEqualTo("n1 r0");
        assertThat(store.permissions("/local/domain/0/backend/vif/1/0")).isEqualTo("n0 r1");
        assertThat(store.text("/libxl/1/device/vbd/0/backend")).contains("/local/domain/0/backend/vbd/1/0");
        awaitText("/local/domain/0/backend/vif/1/0/state", "4");
        awaitText("/local/domain/1/device/vbd/0/state", "4");
    }

    @Test
    @DisplayName("L-CRE-3: a creation that fails half way leaves no domain, no node and no name behind")
    void aFailureHalfWayUndoesEverything() throws Exception {
        var before = store.paths();
        assertThatExceptionOfType(ToolstackException.class)
                .isThrownBy(() -> create(GuestConfig.named("alpha").withDevice(DeviceType.VIF, "nobody")))
                .withMessageContaining("'alpha' was not created: there is no domain 'nobody'")
                .satisfies(refusal -> assertThat(refusal.errno()).isEqualTo(Errno.ENOENT));
        assertThat(store.paths()).filteredOn(path -> path.contains("/1")).isEmpty();
        assertThat(before).isNotEmpty();
        await().until(() -> toolstack.list().size() == 1);
        assertThat(create(GuestConfig.named("alpha")).domid()).isEqualTo(2);
    }

    @Test
    @DisplayName("L-REUSE-2: a domid that was in use less than the timeout ago is refused, or passed over")
    void aDomidRests() throws Exception {
        toolstack.destroy(create(GuestConfig.named("alpha").withDomid(7)));
        await().until(() -> toolstack.list().size() == 1);
        assertThatExceptionOfType(ToolstackException.class)
                .isThrownBy(() -> create(GuestConfig.named("beta").withDomid(7)))
                .withMessageContaining("domid 7 was in use a moment ago")
                .satisfies(refusal -> assertThat(refusal.errno()).isEqualTo(Errno.EBUSY));
        for (int domid = 1; domid < 7; domid++) {
            assertThat(create(GuestConfig.named("n" + domid)).domid()).isEqualTo(domid);
        }
        assertThat(create(GuestConfig.named("beta")).domid())
                .as("7 is free in Xen, but rests")
                .isEqualTo(8);
    }

    @Test
    @DisplayName("L-KILL-5: destroy removes devices and nodes before the domain, which may stay as a zombie")
    void destroy() throws Exception {
        SimDomain guest = create(GuestConfig.named("alpha").withDevice(DeviceType.VIF, DeviceConfig.DOM0));
        awaitText("/local/domain/0/backend/vif/1/0/state", "4");
        toolstack.destroy(guest);
        assertThat(guest.state().isDead()).isTrue();
        assertThat(store.paths()).noneMatch(path -> path.contains("/1") || path.contains("/vm/"));
        await().until(() -> !isListed(guest));
        assertThat(workshop.timelineOf("alpha"))
                .containsSubsequence(
                        "domctl pausedomain 1",
                        "backend vif 0 of domain 1: online 0, state 5 (Closing)",
                        "remove the nodes of domain 1",
                        "domctl destroydomain 1");
    }

    @Test
    @DisplayName("L-SUSP-3: a request is acknowledged with the empty text; halt is a poweroff")
    void shutdown() throws Exception {
        SimDomain guest = create(GuestConfig.named("alpha").withDeathActions(Workshop.PRESERVE));
        toolstack.shutdownAndWait(guest, ShutdownRequest.HALT, Toolstack.SUSPEND_PATIENCE);
        assertThat(guest.state().shutdownCode()).isEqualTo(ShutdownCode.POWEROFF);
        assertThat(store.text("/local/domain/1/control/shutdown")).contains("");
    }

    @Test
    @DisplayName("L-SUSP-1, L-SUSP-5: suspend by event channel, resume in place, and again")
    void suspendAndResume() throws Exception {
        SimDomain guest = create(GuestConfig.named("alpha"));
        awaitText("/local/domain/1/device/suspend/event-channel", "2");
        for (int round = 0; round < 2; round++) {
            toolstack.suspend(guest);
            assertThat(guest.state().shutdownCode()).isEqualTo(ShutdownCode.SUSPEND);
            toolstack.resume(guest);
            assertThat(guest.state().shutdown()).isFalse();
        }
        assertThat(workshop.timelineOf("alpha")).contains("event channel: suspend", "RESUME 1");
        assertThatExceptionOfType(ToolstackException.class)
                .isThrownBy(() -> toolstack.resume(guest))
                .withMessageContaining("is not suspended");
    }

    @Test
    @DisplayName("L-SUSP-4: an HVM guest without drivers is suspended from outside, and cannot be asked for more")
    void hvmWithoutDrivers() throws Exception {
        SimDomain guest = create(GuestConfig.named("alpha")
                .withDomain(DomainConfig.SMALL.withType(DomainType.HVM))
                .withKernel(KernelKind.BARE));
        assertThatExceptionOfType(ToolstackException.class)
                .isThrownBy(() -> toolstack.shutdown(guest, ShutdownRequest.POWEROFF))
                .withMessageContaining("no drivers that would hear")
                .satisfies(refusal -> assertThat(refusal.errno()).isEqualTo(Errno.ENOSYS));
        toolstack.suspend(guest);
        assertThat(guest.state().shutdownCode()).isEqualTo(ShutdownCode.SUSPEND);
    }

    @ParameterizedTest
    @EnumSource(DeviceModelKind.class)
    @DisplayName("lifecycle.md 10: an HVM guest has a device model, in dom0 or in a stub domain, which ends with it")
    void deviceModel(DeviceModelKind kind) throws Exception {
        SimDomain guest = create(GuestConfig.named("alpha")
                .withDomain(DomainConfig.SMALL.withType(DomainType.HVM))
                .withDeviceModel(kind));
        String home = kind == DeviceModelKind.IN_DOM0 ? "/local/domain/0" : "/local/domain/2";
        assertThat(store.text(home + "/device-model/1/state")).contains("running");
        assertThat(toolstack.find("alpha-dm").isPresent()).isEqualTo(kind == DeviceModelKind.STUB_DOMAIN);
        toolstack.destroy(guest);
        await().until(() -> toolstack.list().size() == 1);
        assertThat(store.paths()).noneMatch(path -> path.contains("device-model/"));
    }

    @Test
    @DisplayName("L-SUSP-8: a saved guest gets a new domain and keeps its UUID")
    void saveAndRestore() throws Exception {
        SimDomain before = create(GuestConfig.named("alpha").withDevice(DeviceType.VBD, DeviceConfig.DOM0));
        awaitText("/local/domain/1/device/vbd/0/state", "4");
        String vm = store.text("/local/domain/1/vm").orElseThrow();
        assertThat(toolstack.save(before).config().name()).isEqualTo("alpha");
        assertThat(before.state().isDead()).isTrue();
        SimDomain after = toolstack.restore("alpha");
        assertThat(after.domid()).isEqualTo(2);
        assertThat(store.text("/local/domain/2/vm")).contains(vm);
        awaitText("/local/domain/2/device/vbd/0/state", "4");
        assertThatExceptionOfType(ToolstackException.class)
                .isThrownBy(() -> toolstack.restore("alpha"))
                .withMessageContaining("there is no saved guest 'alpha'");
    }

    @Test
    @DisplayName("L-SUSP-8: migration ends the source only after the destination runs, and hands the name over")
    void migrate() throws Exception {
        SimDomain source = create(GuestConfig.named("alpha"));
        String vm = store.text("/local/domain/1/vm").orElseThrow();
        SimDomain destination = toolstack.migrate(source);
        assertThat(source.state().isDead()).isTrue();
        assertThat(toolstack.find("alpha")).contains(destination);
        assertThat(store.text("/local/domain/2/name")).contains("alpha");
        assertThat(store.text(vm + "/name")).contains("alpha");
        toolstack.destroy(destination);
        assertThat(store.paths()).doesNotContain(vm);
        assertThat(create(GuestConfig.named("alpha")).domid()).isEqualTo(3);
    }

    @Test
    @DisplayName("L-SUSP-8: a device model in a stub domain has its guest's name after a migration too")
    void migrateWithStubDomain() throws Exception {
        SimDomain source = create(GuestConfig.named("alpha")
                .withDomain(DomainConfig.SMALL.withType(DomainType.HVM))
                .withDeviceModel(DeviceModelKind.STUB_DOMAIN));
        SimDomain destination = toolstack.migrate(source);
        SimDomain stub = toolstack.find("alpha-dm").orElseThrow();
        assertThat(stub.domid()).isEqualTo(destination.domid() + 1);
        assertThat(store.text("/local/domain/" + stub.domid() + "/name")).contains("alpha-dm");
        toolstack.destroy(destination);
        await().until(() -> toolstack.list().size() == 1);
        assertThat(toolstack.find("alpha-dm")).isEmpty();
        create(GuestConfig.named("alpha-dm"));
    }

    @Test
    @DisplayName("L-SUSP-9, lifecycle.md 12.6: a soft reset keeps domid and unique id, and makes the rest anew")
    void softReset() throws Exception {
        SimDomain guest = create(GuestConfig.named("alpha").withDevice(DeviceType.VIF, DeviceConfig.DOM0));
        awaitText("/local/domain/0/backend/vif/1/0/state", "4");
        toolstack.kexec(guest);
        await().until(() -> workshop.timelineOf("alpha").stream()
                        .filter("INTRODUCE 1"::equals)
                        .count()
                == 2);
        await().until(guest::isRunning);
        awaitText("/local/domain/0/backend/vif/1/0/state", "4");
        assertThat(toolstack.find("alpha")).contains(guest);
        assertThat(workshop.timelineOf("alpha")).containsSubsequence("RELEASE 1", "domctl soft_reset 1", "INTRODUCE 1");
    }

    @Test
    @DisplayName("lifecycle.md 12.1: a guest that powers off is destroyed")
    void poweroff() throws Exception {
        SimDomain guest = create(GuestConfig.named("alpha"));
        toolstack.shutdown(guest, ShutdownRequest.POWEROFF);
        await().until(() -> !isListed(guest));
        assertThat(toolstack.find("alpha")).isEmpty();
        await().until(() -> workshop.timelineOf("alpha").stream()
                        .filter("@releaseDomain"::equals)
                        .count()
                == 2);
    }

    @Test
    @DisplayName("L-REUSE-3: a guest that reboots comes back under a new domid, with the same name and UUID")
    void reboot() throws Exception {
        SimDomain guest = create(GuestConfig.named("alpha"));
        String vm = store.text("/local/domain/1/vm").orElseThrow();
        toolstack.shutdown(guest, ShutdownRequest.REBOOT);
        SimDomain next = awaitSuccessor("alpha", guest);
        assertThat(next.domid()).isEqualTo(2);
        awaitText("/local/domain/2/vm", vm);
    }

    @Test
    @DisplayName("L-KILL-6: a crashed guest that is to be preserved stays as it is, whatever else happens")
    void preserve() throws Exception {
        DeathActions preserve = DeathActions.USUAL.withOnCrash(DeathAction.PRESERVE);
        SimDomain guest = create(GuestConfig.named("alpha").withDeathActions(preserve));
        toolstack.crash(guest);
        SimDomain other = create(GuestConfig.named("beta"));
        toolstack.crash(other);
        await().until(() -> !isListed(other));
        assertThat(guest.state().shutdownCode()).isEqualTo(ShutdownCode.CRASH);
        assertThat(toolstack.find("alpha")).contains(guest);
    }

    @Test
    @DisplayName("L-SCAN: a suspended guest is left alone, also when an event of somebody else comes")
    void suspendedGuestsAreLeftAlone() throws Exception {
        SimDomain guest = create(GuestConfig.named("alpha"));
        toolstack.suspend(guest);
        SimDomain other = create(GuestConfig.named("beta"));
        toolstack.crash(other);
        await().until(() -> !isListed(other));
        assertThatExceptionOfType(ToolstackException.class)
                .isThrownBy(() -> toolstack.crash(guest))
                .satisfies(refusal -> assertThat(refusal.errno()).isEqualTo(Errno.EBUSY))
                .withMessageContaining("is not running, so its kernel cannot crash");
        assertThatExceptionOfType(ToolstackException.class).isThrownBy(() -> toolstack.kexec(guest));
        toolstack.resume(guest);
        assertThat(guest.isRunning()).isTrue();
    }

    @Test
    @DisplayName("a domain that somebody else destroyed loses its nodes and its name")
    void destroyedBySomebodyElse() throws Exception {
        create(GuestConfig.named("alpha")).destroy();
        await().until(() -> toolstack.find("alpha").isEmpty());
        await().until(() -> store.text("/local/domain/1/name").isEmpty());
    }

    @Test
    @DisplayName("L-KILL-6: a preserved guest that somebody else destroys loses its nodes and its name like any other")
    void preservedThenDestroyedBySomebodyElse() throws Exception {
        SimDomain guest = create(GuestConfig.named("alpha").withDeathActions(Workshop.PRESERVE));
        guest.shutdown(ShutdownCode.CRASH);
        SimDomain other = create(GuestConfig.named("beta"));
        toolstack.crash(other);
        await().until(() -> !isListed(other));
        guest.destroy();
        await().until(() -> toolstack.find("alpha").isEmpty());
        await().until(() -> store.text("/local/domain/1/name").isEmpty());
    }

    @Test
    @DisplayName("L-SUSP-9: a guest whose soft reset fails is destroyed: the store would not tell of its end any more")
    void softResetThatFails() throws Exception {
        SimDomain guest = create(GuestConfig.named("alpha"));
        SimDomain dom0 = guest.host().dom0();
        var held = dom0.mapGrant(guest.domid(), guest.grantPage(dom0.domid()));
        toolstack.kexec(guest);
        await().until(() -> guest.state().isDead());
        assertThat(store.text("/local/domain/1/name")).isEmpty();
        assertThat(toolstack.find("alpha")).isEmpty();
        held.close();
        await().until(() -> !isListed(guest));
    }

    @Test
    @DisplayName("names are unique, and none is a number, an option or dom0's")
    void names() throws Exception {
        create(GuestConfig.named("alpha"));
        for (String name : new String[] {"alpha", "17", "", "-x", "Domain-0"}) {
            assertThatExceptionOfType(ToolstackException.class)
                    .as(name)
                    .isThrownBy(() -> create(GuestConfig.named(name)));
        }
        assertThat(toolstack.list()).hasSize(2);
    }
}
