package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.ShutdownCode;
import org.jxenstored.sim.host.SimDomain;

/** What a toolstack does with domains before their end. */
final class DomainDeeds {
    private static final int LIVING_MAX = 8;
    private static final int DOMIDS_WANTED = 6;
    private static final int WRONG_PORT = 4000;

    private final RandomWorld world;
    private final Chance chance;

    DomainDeeds(RandomWorld world, Chance chance) {
        this.world = world;
        this.chance = chance;
    }

    // ---- coming

    String create() throws HypervisorException, InterruptedException {
        if (world.inhabitants().stream().filter(Inhabitant::isListed).count() >= LIVING_MAX) {
            return "create nothing: there are enough";
        }
        if (!world.hasUniqueIds()) {
            // Here only time keeps a domid's owners apart, as libxl does by its history (L-RACE-6).
            world.waitForFullLook();
        }
        int domid = chance.outOf(10) < 7 ? 1 + chance.outOf(DOMIDS_WANTED) : Domid.ANY;
        Optional<Inhabitant> made = make(domid);
        return made.isEmpty() ? "create " + domid + ": in use" : "create " + made.get() + raise(made.get());
    }

    private Optional<Inhabitant> make(int domid) throws HypervisorException {
        SimDomain domain;
        try {
            domain = world.host().createDomain(DomainConfig.SMALL.withDomid(domid));
        } catch (HypervisorException refused) {
            assertThat(refused.errno()).isEqualTo(Errno.EEXIST);
            assertThat(world.at(domid).isPresent() || world.holdsGracePeriods())
                    .as("domid " + domid + " is in use")
                    .isTrue();
            return Optional.empty();
        }
        Inhabitant made = new Inhabitant(domain, world.time());
        world.inhabitants().add(made);
        return Optional.of(made);
    }

    /** Destroys a domain that nobody maps and makes another one of its number before anybody can look (12.12). */
    Optional<Inhabitant> succeed(Inhabitant old) throws HypervisorException {
        old.domain.destroy();
        return make(old.domid());
    }

    /** Brings a new domain some way to its introduction. */
    String raise(Inhabitant made) throws HypervisorException {
        int how = chance.outOf(10);
        if (how == 0) {
            return ", bare";
        }
        prepare(made);
        if (chance.outOf(5) == 0) {
            made.preset = true;
            made.domain.ringPage().setEventChannel(made.domain.storePort());
        }
        if (how == 1) {
            return ", prepared";
        }
        if (how > 2) {
            writeHome(made);
        }
        if (how > 3) {
            introduce(made, made.domain.storePort());
        }
        made.domain.unpause();
        return how > 3 ? ", introduced" : ", running";
    }

    private static void prepare(Inhabitant made) throws HypervisorException {
        var _ = made.domain.prepareStore(Domid.DOM0);
        made.granted = true;
    }

    /** The toolstack's part of the store for a domain, made anew (lifecycle.md 3 step 6). */
    private void writeHome(Inhabitant made) {
        String home = "/local/domain/" + made.domid();
        var _ = world.ask(MessageType.RM, home);
        world.rights().remove(home);
        world.write(home + "/data", "");
        world.done(MessageType.SET_PERMS, home, "n0", "r" + made.domid());
        world.done(MessageType.SET_PERMS, home + "/data", "n" + made.domid());
        world.rights()
                .set(
                        home,
                        null,
                        Access.NONE,
                        List.of(new StoreRights.Entry(Access.READ, made.domid(), made.uniqueId())));
        world.rights().set(home + "/data", made, Access.NONE, List.of());
    }

    private void introduce(Inhabitant who, int port) {
        boolean again = who.introduced;
        boolean known = again && !who.isDead();
        // Without the grant dom0 can still map the page by its frame number (L-RING-2).
        boolean works = known || (who.isAlive() && (port == who.domain.storePort() || who.preset));
        String answer = world.ask(
                MessageType.INTRODUCE,
                Integer.toString(who.domid()),
                Long.toString(who.domain.storeGfn()),
                Integer.toString(port));
        assertThat(answer).as("INTRODUCE " + who + " with port " + port).isEqualTo(works ? "OK" : "?EINVAL");
        if (works) {
            who.introduced = true;
            who.mannerly = true;
            who.ring.begin();
        }
        if (works && !again && who.domain.state().shutdown()) {
            // No VIRQ will come for a shutdown before the introduction: it is found by the next look at all.
            world.newsWasLost();
        }
    }

    String introduceAgain() throws HypervisorException {
        Optional<Inhabitant> chosen = chance.oneOf(world.inhabitants(), Inhabitant::isListed);
        if (chosen.isEmpty()) {
            return "introduce nobody";
        }
        Inhabitant who = chosen.get();
        int way = chance.outOf(10);
        if (way < 3 && who.isAlive()) {
            prepare(who);
            if (who.preset) {
                who.domain.ringPage().setEventChannel(who.domain.storePort());
            }
        }
        int port = way == 9 || who.domain.storePort() == 0 ? WRONG_PORT : who.domain.storePort();
        introduce(who, port);
        return "introduce " + who + " with port " + port;
    }

    // ---- the store forgets, a kernel begins anew

    String release() throws InterruptedException {
        Optional<Inhabitant> chosen = chance.oneOf(world.inhabitants(), Inhabitant::isAlive);
        if (chosen.isEmpty()) {
            return "release nobody";
        }
        world.settle();
        release(chosen.get());
        return "release " + chosen.get();
    }

    private void release(Inhabitant who) {
        String answer = world.ask(MessageType.RELEASE, Integer.toString(who.domid()));
        assertThat(answer).as("RELEASE " + who).isEqualTo(who.introduced ? "OK" : "?ENOENT");
        if (who.introduced) {
            who.releases++;
            who.forgotten();
            world.rights().withdraw(who);
            world.inhabitants().stream().filter(each -> who.equals(each.target)).forEach(each -> each.target = null);
        }
    }

    String softReset() throws HypervisorException, InterruptedException {
        Optional<Inhabitant> chosen = chance.oneOf(
                world.inhabitants(),
                each -> each.isAlive() && each.granted && !each.domain.state().shutdown() && each.held.isEmpty());
        if (chosen.isEmpty()) {
            return "soft reset of nobody";
        }
        Inhabitant who = chosen.get();
        who.domain.shutdown(ShutdownCode.SOFT_RESET);
        world.settle();
        if (who.domain.state().shutdownCode() != ShutdownCode.SOFT_RESET) {
            return "soft reset of " + who + ": another code was latched";
        }
        release(who);
        who.domain.softReset();
        who.preset = false;
        prepare(who);
        writeHome(who);
        introduce(who, who.domain.storePort());
        return "soft reset of " + who;
    }
}
