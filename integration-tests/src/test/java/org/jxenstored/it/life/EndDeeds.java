package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.sim.host.ShutdownCode;
import org.jxenstored.sim.host.SimDomain;

/** What ends domains, and what keeps them from going. */
final class EndDeeds {
    private final RandomWorld world;
    private final Chance chance;

    EndDeeds(RandomWorld world, Chance chance) {
        this.world = world;
        this.chance = chance;
    }

    // ---- ending

    String shutDown() throws HypervisorException {
        Optional<Inhabitant> chosen = chance.oneOf(world.inhabitants(), Inhabitant::isAlive);
        if (chosen.isEmpty()) {
            return "shut down nobody";
        }
        Inhabitant who = chosen.get();
        int code = chance.outOf(7);
        switch (code) {
            case 6 -> who.domain.crash();
            case 5 -> who.domain.tripleFault();
            default -> who.domain.shutdown(code);
        }
        if (code == ShutdownCode.SUSPEND && who.suspendsSilently) {
            world.newsWasLost();
        }
        return "shut down " + who + " with " + code;
    }

    /** A suspend that only the toolstack hears of (L-SUSP-1). */
    String suspendByChannel() throws HypervisorException {
        Optional<Inhabitant> chosen = chance.oneOf(
                world.inhabitants(),
                each -> each.isAlive() && !each.domain.state().shutdown());
        if (chosen.isEmpty()) {
            return "suspend nobody";
        }
        Inhabitant who = chosen.get();
        int port = who.domain.ports().allocateUnbound(Domid.DOM0);
        int heardBy = world.host().dom0().ports().bindInterdomain(who.domid(), port);
        who.domain.subscribeSuspend(port);
        who.suspendsSilently = true;
        who.domain.shutdown(ShutdownCode.SUSPEND);
        world.host().dom0().ports().close(heardBy);
        world.newsWasLost();
        return "suspend " + who + " by event channel";
    }

    String resume() throws HypervisorException, InterruptedException {
        Optional<Inhabitant> chosen = chance.oneOf(world.inhabitants(), Inhabitant::isAlive);
        if (chosen.isEmpty()) {
            return "resume nobody";
        }
        Inhabitant who = chosen.get();
        world.settle();
        int how = chance.outOf(4);
        if (how > 0) {
            who.domain.resume();
        }
        if (how == 1) {
            who.domain.shutdown(ShutdownCode.POWEROFF);
        }
        if (how == 2) {
            return "domctl resumedomain of " + who + " only";
        }
        world.settle();
        if (who.introduced) {
            world.ledger().resuming(who.domid());
        }
        String answer = world.ask(MessageType.RESUME, Integer.toString(who.domid()));
        assertThat(answer).as("RESUME " + who).isEqualTo(who.introduced ? "OK" : "?ENOENT");
        return "resume " + who + " in way " + how;
    }

    String beginDestroy() throws HypervisorException {
        Optional<Inhabitant> chosen = chance.oneOf(world.inhabitants(), Inhabitant::isAlive);
        if (chosen.isEmpty()) {
            return "begin to destroy nobody";
        }
        chosen.get().domain.beginDestroy();
        if (chance.outOf(3) == 0) {
            var _ = chosen.get().domain.destroyStep();
        }
        return "begin to destroy " + chosen.get();
    }

    String destroy() throws HypervisorException {
        Optional<Inhabitant> chosen = chance.oneOf(world.inhabitants(), Inhabitant::isListed);
        if (chosen.isEmpty()) {
            return "destroy nobody";
        }
        Inhabitant who = chosen.get();
        String home = "/local/domain/" + who.domid();
        if (chance.outOf(3) == 0) {
            var _ = world.ask(MessageType.RM, home);
            world.rights().remove(home);
        }
        who.domain.destroy();
        return "destroy " + who;
    }

    // ---- those who do not let go

    String hold() throws HypervisorException {
        Optional<Inhabitant> owner = chance.oneOf(world.inhabitants(), Inhabitant::isAlive);
        if (owner.isEmpty()) {
            return "hold nobody";
        }
        Optional<Inhabitant> other =
                chance.oneOf(world.inhabitants(), each -> each.isAlive() && !each.equals(owner.get()));
        SimDomain holder =
                chance.outOf(2) == 0 || other.isEmpty() ? world.host().dom0() : other.get().domain;
        int reference = 8 + chance.outOf(4);
        owner.get().domain.grantStorePage(reference, holder.domid());
        owner.get()
                .held
                .add(new Inhabitant.Held(holder, holder.mapGrant(owner.get().domid(), reference)));
        return holder + " maps a page of " + owner.get();
    }

    String letGo() {
        Optional<Inhabitant> owner = chance.oneOf(world.inhabitants(), each -> !each.held.isEmpty());
        owner.ifPresent(each -> {
            each.held.forEach(held -> held.mapping().close());
            each.held.clear();
        });
        return "let go of " + owner;
    }

    String actFor() throws HypervisorException {
        Optional<Inhabitant> stub =
                chance.oneOf(world.inhabitants(), each -> each.isAlive() && each.hypervisorTarget == null);
        Optional<Inhabitant> target = chance.oneOf(world.inhabitants(), Inhabitant::isAlive);
        if (stub.isEmpty() || target.isEmpty() || stub.equals(target) || keeps(target.get(), stub.get())) {
            return "act for nobody";
        }
        stub.get().domain.setTarget(target.get().domid());
        stub.get().hypervisorTarget = target.get();
        return "domctl set_target of " + stub.get() + " to " + target.get();
    }

    /** Two that keep each other would never go. */
    private static boolean keeps(Inhabitant who, Inhabitant other) {
        for (Inhabitant next = who.hypervisorTarget; next != null; next = next.hypervisorTarget) {
            if (next.equals(other)) {
                return true;
            }
        }
        return false;
    }

    String holdGracePeriods() {
        boolean hold = !world.holdsGracePeriods() && chance.outOf(2) == 0;
        world.holdGracePeriods(hold);
        return "grace periods " + (hold ? "held" : "end");
    }

    // ---- the end of all

    void endAll() throws HypervisorException {
        for (Inhabitant each : world.inhabitants()) {
            if (each.isListed()) {
                each.domain.destroy();
            }
            each.held.forEach(held -> held.mapping().close());
            each.held.clear();
        }
    }
}
