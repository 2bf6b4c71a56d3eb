package org.jxenstored.it.life;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.toolstack.GuestConfig;
import org.jxenstored.sim.toolstack.Records;
import org.jxenstored.sim.toolstack.Toolstack;
import org.jxenstored.sim.toolstack.ToolstackException;
import org.jxenstored.sim.xenbus.DeviceType;

/**
 * Tests on a machine with everything a real host has: guests run kernels with drivers, and dom0 a kernel with backends,
 * a toolstack and its watch over deaths, all of them clients of the daemon by their rings.
 */
abstract class ToolstackLifeTest extends LifeTest {
    /** More than any program waits for another one. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private @Nullable Toolstack toolstack;

    ToolstackLifeTest(Machine machine) {
        super(machine);
    }

    /** The toolstack, which starts when it is first needed. */
    final Toolstack toolstack() throws ToolstackException {
        return toolstack == null ? startToolstack(new Records()) : toolstack;
    }

    /** A toolstack for which a domid may be used again at once (L-REUSE-2). */
    final Toolstack toolstackWithoutHistory() throws ToolstackException {
        return startToolstack(new Records(Duration.ZERO));
    }

    private Toolstack startToolstack(Records records) throws ToolstackException {
        Toolstack started = world.startToolstack(records);
        toolstack = started;
        return started;
    }

    /** A guest whose kernel has booted; its introduction is no news any more. */
    final SimDomain run(GuestConfig config) throws ToolstackException, HypervisorException, InterruptedException {
        SimDomain guest = toolstack().create(config);
        var _ = news();
        return guest;
    }

    /** A guest with a disk and a network interface, both served by dom0. */
    static GuestConfig withDevices(String name) {
        return GuestConfig.named(name).withDevice(DeviceType.VBD, "0").withDevice(DeviceType.VIF, "0");
    }

    /** The value of a node in a domain's home, empty if there is none. */
    final Optional<String> home(SimDomain domain, String relative) {
        return dom0().readIfPresent(NodePath.homeOf(domain.domid()) + "/" + relative)
                .map(Value::text);
    }

    /** Waits until a domain has left the hypervisor's list. */
    final void untilGone(SimDomain domain) throws InterruptedException {
        world.time().until(() -> !isThere(domain), PATIENCE);
    }

    final boolean isThere(SimDomain domain) {
        return world.host().find(domain.domid()).filter(domain::equals).isPresent();
    }

    /** Waits until the toolstack has a running guest of this name other than that one. */
    final SimDomain successor(SimDomain old, String name) throws ToolstackException, InterruptedException {
        Toolstack tools = toolstack();
        world.time()
                .until(
                        () -> tools.find(name)
                                .filter(next -> next != old && !next.isPaused())
                                .isPresent(),
                        PATIENCE);
        return tools.find(name).orElseThrow();
    }

    /** Destroys a guest by the toolstack, as a program for others to run. */
    final Runnable destroying(SimDomain guest) throws ToolstackException {
        Toolstack tools = toolstack();
        return () -> {
            try {
                tools.destroy(guest);
            } catch (ToolstackException | HypervisorException refusal) {
                throw new IllegalStateException(refusal);
            }
        };
    }

    /** What happened to these domains so far. */
    final List<String> story(SimDomain... domains) {
        return Story.of(world, domains).lines();
    }
}
