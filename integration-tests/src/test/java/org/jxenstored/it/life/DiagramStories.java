package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jxenstored.sim.guest.ShutdownRequest;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.DomainType;
import org.jxenstored.sim.host.ShutdownCode;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.timeline.Party;
import org.jxenstored.sim.toolstack.DeathAction;
import org.jxenstored.sim.toolstack.DeathActions;
import org.jxenstored.sim.toolstack.DeviceModelKind;
import org.jxenstored.sim.toolstack.GuestConfig;
import org.jxenstored.sim.toolstack.KernelKind;
import org.jxenstored.sim.toolstack.Toolstack;
import org.jxenstored.sim.toolstack.ToolstackException;
import org.jxenstored.sim.xenbus.DeviceType;

/** The scenarios whose diagrams are in docs/lifecycle.md, each on a machine of its own, cut down to what they are about. */
final class DiagramStories extends ToolstackLifeTest {
    private static final Map<String, Scenario> SCENARIOS = new LinkedHashMap<>();

    static {
        SCENARIOS.put("creation", DiagramStories::creation);
        SCENARIOS.put("introduction", DiagramStories::introduction);
        SCENARIOS.put("stub-domain", DiagramStories::stubDomain);
        SCENARIOS.put("devices", DiagramStories::devices);
        SCENARIOS.put("poweroff", DiagramStories::powerOff);
        SCENARIOS.put("reboot", DiagramStories::reboot);
        SCENARIOS.put("crash", DiagramStories::crash);
        SCENARIOS.put("suspend-by-store", DiagramStories::suspendByStore);
        SCENARIOS.put("suspend-by-event-channel", DiagramStories::suspendByEventChannel);
        SCENARIOS.put("save-and-restore", DiagramStories::saveAndRestore);
        SCENARIOS.put("soft-reset", DiagramStories::softReset);
        SCENARIOS.put("destroy", DiagramStories::destroy);
        SCENARIOS.put("device-model-stub-domain", DiagramStories::deviceModelStubDomain);
        SCENARIOS.put("stuck-driver-domain", DiagramStories::stuckDriverDomain);
        SCENARIOS.put("reuse", DiagramStories::reuse);
        SCENARIOS.put("death-before-introduce", DiagramStories::deathBeforeIntroduce);
    }

    private static final GuestConfig WEB = GuestConfig.named("web");

    /** Something that happens, and what of it is shown. */
    @FunctionalInterface
    private interface Scenario {
        Story play(DiagramStories machine) throws Exception;
    }

    private DiagramStories() {
        super(Machine.XEN);
    }

    /** The names of all scenarios. */
    static Set<String> names() {
        return SCENARIOS.keySet();
    }

    /** Plays a scenario. */
    static Story play(String name) throws Exception {
        Scenario scenario = SCENARIOS.get(name);
        if (scenario == null) {
            throw new AssertionError("there is no scenario '" + name + "': there are " + names());
        }
        DiagramStories machine = new DiagramStories();
        List<Story> told = new ArrayList<>();
        machine.world.run(() -> told.add(scenario.play(machine)));
        machine.world.close();
        return told.getFirst();
    }

    private Story told(SimDomain... domains) throws InterruptedException {
        settle();
        return Story.of(world, domains);
    }

    private Story creation() throws Exception {
        return told(run(WEB)).upTo("one transaction");
    }

    private Story introduction() throws Exception {
        return told(run(WEB)).from("INTRODUCE");
    }

    private Story stubDomain() throws Exception {
        SimDomain stub = world.moveStoreToStubDomain();
        SimDomain guest = run(WEB);
        return told(stub, guest)
                .without("marked as changed", "loads a kernel", "domctl unpausedomain 2")
                .withoutTelling(Story.WATCHERS);
    }

    private Story devices() throws Exception {
        SimDomain guest = run(WEB.withDevice(DeviceType.VBD, "0"));
        return told(guest).from("nodes of vbd 0");
    }

    private Story powerOff() throws Exception {
        SimDomain guest = run(WEB);
        toolstack().shutdown(guest, ShutdownRequest.POWEROFF);
        untilGone(guest);
        return told(guest).from("SCHEDOP_shutdown").without("off the list").withoutTelling(Story.WATCHERS);
    }

    private Story reboot() throws Exception {
        SimDomain before = run(WEB);
        toolstack().shutdown(before, ShutdownRequest.REBOOT);
        SimDomain after = successor(before, "web");
        return told(before, after)
                .from("SCHEDOP_shutdown")
                .without("get_domain_state", "is dying", "off the list", "marked as changed", "loads a kernel")
                .without("maps grant", "binds port")
                .withoutTelling(Story.WATCHERS);
    }

    private Story crash() throws Exception {
        SimDomain guest = run(WEB.withDeathActions(DeathActions.USUAL.withOnCrash(DeathAction.PRESERVE)));
        toolstack().crash(guest);
        world.time().pass(Duration.ofHours(1));
        toolstack().destroy(guest);
        return told(guest)
                .from("SCHEDOP_shutdown")
                .without("is dying", "off the list")
                .withoutTelling(Story.WATCHERS);
    }

    private Story suspendByStore() throws Exception {
        SimDomain guest = run(WEB);
        toolstack().shutdownAndWait(guest, ShutdownRequest.SUSPEND, Duration.ofSeconds(60));
        toolstack().resume(guest);
        return told(guest).from("control/shutdown");
    }

    private Story suspendByEventChannel() throws Exception {
        SimDomain guest = run(WEB);
        DeathActions preserve = DeathActions.USUAL.withOnPoweroff(DeathAction.PRESERVE);
        SimDomain other = run(GuestConfig.named("other").withDeathActions(preserve));
        toolstack().suspend(guest);
        other.shutdown(ShutdownCode.POWEROFF);
        settle();
        toolstack().resume(guest);
        return told(guest, other)
                .from("domctl subscribe")
                .withoutTelling(Party.TOOLSTACK)
                .without("is preserved");
    }

    private Story saveAndRestore() throws Exception {
        SimDomain before = run(WEB.withDevice(DeviceType.VBD, "0"));
        toolstack().save(before);
        untilGone(before);
        SimDomain after = toolstack().restore("web");
        return told(before, after)
                .from("SCHEDOP_shutdown")
                .without("get_domain_state", "is dying", "off the list", "marked as changed", "loads a kernel")
                .without("maps grant", "binds port", "grants 0", "state 2", "state 3", "state 5", "state 6", "ring-ref")
                .withoutTelling(Story.WATCHERS);
    }

    private Story softReset() throws Exception {
        SimDomain guest = run(WEB);
        toolstack().kexec(guest);
        return told(guest).from("SCHEDOP_shutdown").without("get_domain_state", "loads a kernel", "binds port");
    }

    private Story destroy() throws Exception {
        SimDomain guest = run(WEB.withDevice(DeviceType.VBD, "0"));
        toolstack().destroy(guest);
        untilGone(guest);
        return told(guest).from("domctl pausedomain").without("off the list").withoutTelling(Story.WATCHERS);
    }

    private Story deviceModelStubDomain() throws Exception {
        SimDomain guest = run(GuestConfig.named("win")
                .withDomain(DomainConfig.SMALL.withType(DomainType.HVM))
                .withDeviceModel(DeviceModelKind.STUB_DOMAIN));
        SimDomain stub = toolstack().find("win-dm").orElseThrow();
        guest.destroy();
        untilGone(guest);
        return told(guest, stub)
                .from("domctl destroydomain 1")
                .without("get_domain_state", "is dying", "off the list", "unmaps grant 1")
                .withoutTelling(Story.WATCHERS);
    }

    private Story stuckDriverDomain() throws Exception {
        SimDomain driver = run(GuestConfig.named("net").withKernel(KernelKind.STUCK_DRIVER_DOMAIN));
        SimDomain guest = run(WEB.withDevice(DeviceType.VBD, "net"));
        toolstack().destroy(guest);
        settle();
        toolstack().destroy(driver);
        untilGone(driver);
        return told(driver, guest)
                .from("maps grant 8")
                .without("state 4", "pausedomain", "get_domain_state", "is dying", "off the list", "unmaps grant 1")
                .without("remove the nodes")
                .withoutTelling(Story.WATCHERS)
                .calling(driver, "domain 1 (driver domain)");
    }

    /** The daemon looks late, and the one that it knew as domain 7 was never introduced: nothing kept its domid. */
    private Story reuse() throws Exception {
        Toolstack tools = toolstackWithoutHistory();
        world.daemon().xen().holdDomainException();
        refused(WEB.withDomid(7));
        SimDomain next = tools.create(WEB.withDomid(7));
        settle();
        world.daemon().xen().deliverDomainException();
        assertThat(dom0().isIntroduced(next.domid())).isTrue();
        settle();
        return new Story(world.host().timeline().all())
                .without("SET_FEATURE", "marked as changed", "loads a kernel", "grants 0", "is dying", "off the list")
                .without("remove the nodes");
    }

    private Story deathBeforeIntroduce() throws Exception {
        refused(WEB);
        settle();
        return new Story(world.host().timeline().all()).without("off the list", "loads a kernel", "SET_FEATURE");
    }

    /** The toolstack gives up half way, because it is to set features that the daemon does not know. */
    private void refused(GuestConfig config) {
        assertThatExceptionOfType(ToolstackException.class)
                .isThrownBy(() -> toolstack().create(config.withFeatures(1 << 30)));
    }
}
