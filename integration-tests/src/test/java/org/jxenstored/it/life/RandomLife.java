package org.jxenstored.it.life;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jxenstored.hypervisor.HypervisorException;

/**
 * The life of one machine as a seed decides it: domains are created, run, misbehave, die and follow each other under
 * the same domids, often faster than the daemon looks, while notifications come late, together or never.
 */
final class RandomLife implements Life {
    private static final int DEEDS_MIN = 60;
    private static final int DEEDS_MAX = 200;
    private static final int DEEDS_SHOWN = 60;
    private static final Duration AT_THE_END = Duration.ofMinutes(2);

    /** Something that can be done at any time; gives a few words on what it was. */
    @FunctionalInterface
    private interface Deed {
        String run() throws HypervisorException, InterruptedException;
    }

    private final Chance chance;
    private final RandomWorld world;
    private final DomainDeeds domains;
    private final EndDeeds ends;
    private final StoreDeeds store;
    private final GuestDeeds guests;
    private final Inspection inspection;
    private final List<Deed> deeds = new ArrayList<>();
    private final List<String> history = new ArrayList<>();

    /** @param uniqueIds false for a Xen before 4.21 */
    RandomLife(long seed, boolean uniqueIds) throws HypervisorException {
        chance = new Chance(seed);
        world = new RandomWorld(seed, uniqueIds);
        domains = new DomainDeeds(world, chance);
        ends = new EndDeeds(world, chance);
        store = new StoreDeeds(world, chance);
        guests = new GuestDeeds(world, chance);
        inspection = new Inspection(world);
        likely(14, domains::create);
        likely(6, this::succeed);
        likely(5, domains::introduceAgain);
        likely(3, domains::release);
        likely(2, domains::softReset);
        likely(5, ends::shutDown);
        likely(2, ends::suspendByChannel);
        likely(3, ends::resume);
        likely(3, ends::beginDestroy);
        likely(9, ends::destroy);
        likely(3, ends::hold);
        likely(2, ends::letGo);
        likely(2, ends::actFor);
        likely(2, ends::holdGracePeriods);
        likely(10, store::share);
        likely(5, store::shareInTransaction);
        likely(4, store::give);
        likely(2, store::touch);
        likely(3, store::setTarget);
        likely(2, store::setQuota);
        likely(2, store::setFeatures);
        likely(3, store::look);
        likely(12, guests::tryRights);
        likely(4, guests::settleIn);
        likely(3, guests::sendAhead);
        likely(5, guests::misbehave);
        likely(3, guests::reconnect);
        likely(3, this::loseNotifications);
        likely(4, this::inspect);
        likely(1, this::restart);
    }

    private void likely(int weight, Deed deed) {
        for (int i = 0; i < weight; i++) {
            deeds.add(deed);
        }
    }

    @Override
    public List<String> history() {
        return history.subList(Math.max(0, history.size() - DEEDS_SHOWN), history.size());
    }

    @Override
    public long stepsTaken() {
        return world.time().hash();
    }

    @Override
    public long eventsJudged() {
        return world.ledger().judged();
    }

    @Override
    public void live() throws HypervisorException, InterruptedException {
        store.begin();
        for (int left = DEEDS_MIN + chance.outOf(DEEDS_MAX - DEEDS_MIN); left > 0; left--) {
            history.add("(fails)");
            history.set(
                    history.size() - 1,
                    world.time().millis() + " ms: " + chance.oneOf(deeds).run());
            letOthersGoOn();
        }
        end();
    }

    /** Often nothing happens between two deeds, and some that were begun are still on their way. */
    private void letOthersGoOn() throws InterruptedException {
        switch (chance.outOf(12)) {
            case 0, 1 -> world.time().steps(1 + chance.outOf(20));
            case 2, 3, 4 -> world.settle();
            case 5 -> world.time().pass(Duration.ofMillis(1 + chance.outOf(800)));
            case 6 -> {
                if (chance.outOf(8) == 0) {
                    world.time().pass(Duration.ofSeconds(1 + chance.outOf(60)));
                }
            }
            default -> {}
        }
    }

    /**
     * A domid gets its next owner in one breath. The daemon's mapping keeps that from happening to those who are
     * introduced, so these are domains that the store knows for another reason.
     */
    private String succeed() throws HypervisorException, InterruptedException {
        Optional<Inhabitant> chosen =
                chance.oneOf(world.inhabitants(), each -> each.isListed() && !each.introduced && each.held.isEmpty());
        if (chosen.isEmpty() || !world.hasUniqueIds()) {
            return domains.create();
        }
        Inhabitant old = chosen.get();
        String before = store.favour(old);
        Optional<Inhabitant> next = domains.succeed(old);
        if (next.isEmpty()) {
            return before + ", but nobody can follow " + old;
        }
        String what = before + ", then " + old + " is followed by " + next.get();
        return what
                + switch (chance.outOf(4)) {
                    case 0 -> ", " + store.favour(next.get());
                    case 1 -> domains.raise(next.get()) + ", " + store.favour(next.get());
                    default -> domains.raise(next.get());
                };
    }

    private String loseNotifications() {
        return switch (chance.outOf(3)) {
            case 0 -> {
                world.loseExceptions();
                yield "VIRQ_DOM_EXC is lost from now on";
            }
            case 1 -> {
                world.loseRingSignals();
                yield "signals of rings are lost from now on";
            }
            default -> {
                world.loseNothing();
                yield "nothing is lost any more";
            }
        };
    }

    private String inspect() throws InterruptedException {
        inspection.run();
        guests.everybodyAsks();
        return "inspected";
    }

    private String restart() throws HypervisorException, InterruptedException {
        if (chance.outOf(2) == 0) {
            inspection.run();
        }
        world.restartDaemon(() -> {
            if (chance.outOf(2) == 0) {
                history.add("while no daemon runs: " + ends.shutDown() + ", " + ends.destroy());
            }
        });
        store.begin();
        return "the daemon was restarted";
    }

    private void end() throws HypervisorException, InterruptedException {
        history.add("the end");
        inspection.run();
        guests.everybodyAsks();
        ends.endAll();
        inspection.run();
        world.loseNothing();
        world.time().pass(AT_THE_END);
        inspection.run();
        world.checkNothingIsLeft();
        world.close();
    }
}
