package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jxenstored.domain.FakeDomainStates;
import org.jxenstored.hypervisor.DomainState.Life;

/** Guests that ask for anything, on an engine without rings, and come and go. */
public class RandomRequests extends EngineWorld {
    private static final List<String> REQUESTS = List.of(
            "READ",
            "DIRECTORY",
            "GET_PERMS",
            "WRITE",
            "WRITE",
            "WRITE",
            "MKDIR",
            "RM",
            "SET_PERMS",
            "WATCH",
            "UNWATCH",
            "RESET_WATCHES",
            "TRANSACTION_START",
            "TRANSACTION_END",
            "TRANSACTION_END",
            "DIRECTORY_PART",
            "GET_FEATURE");
    private static final List<String> ARGUMENTS = List.of(
            "a",
            "b",
            "a/b",
            "/local/domain/1/a",
            "/local/domain/2",
            "/shared",
            "/shared/x",
            "",
            "/",
            "@releaseDomain",
            "T",
            "F",
            "n1",
            "n2",
            "b0",
            "r1",
            "w2",
            "t",
            "0",
            "9");

    private final Random random;
    private final List<Guest> guests = new ArrayList<>();

    /** @param random decides all of it */
    public RandomRequests(Random random, FakeDomainStates hypervisor) {
        super(EngineConfig.DEFAULT, hypervisor);
        this.random = random;
        dom0.ok("WRITE", "/shared", "");
        dom0.ok("SET_PERMS", "/shared", "b0");
        dom0.ok("SET_QUOTA", "nodes", "12");
        dom0.ok("SET_QUOTA", "memory", "3000");
        dom0.ok("SET_QUOTA", "transactions", "3");
    }

    /** What is looked at after each step. */
    protected void check() {}

    /** Does so many things. */
    public final void live(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
            check();
            assertThat(new ConsistencyCheck(engine).findings()).isEmpty();
        }
        everythingCountedIsRight();
    }

    private void step() {
        int domid = 1 + random.nextInt(3);
        switch (random.nextInt(20)) {
            case 0 -> begin(domid);
            case 1 -> hypervisor.find(domid).ifPresent(_ -> hypervisor.setLife(domid, Life.DEAD));
            case 2 -> hypervisor.free(domid);
            case 3 -> engine.scan();
            case 4 -> dom0.ask("RELEASE", Integer.toString(domid));
            case 5 -> dom0.ask("SET_TARGET", Integer.toString(domid), Integer.toString(1 + random.nextInt(3)));
            case 6 -> hypervisor.find(domid).ifPresent(_ -> hypervisor.shutDown(domid));
            case 7 -> pass(random.nextInt(8000));
            case 8 -> anyGuest().drain();
            case 9 -> request(dom0);
            default -> request(anyGuest());
        }
    }

    private void begin(int domid) {
        if (random.nextBoolean()) {
            hypervisor.create(domid);
        }
        if (hypervisor.find(domid).filter(state -> !state.isDead()).isPresent()) {
            dom0.ask("WRITE", "/local/domain/" + domid, "");
            dom0.ask("SET_PERMS", "/local/domain/" + domid, "n" + domid);
            guests.add(introduce(domid));
            attachedTo(domid).pageIsTheSame = random.nextBoolean();
        }
    }

    private Client anyGuest() {
        return guests.isEmpty() ? dom0 : guests.get(random.nextInt(guests.size()));
    }

    private void request(Client client) {
        String type = REQUESTS.get(random.nextInt(REQUESTS.size()));
        String[] arguments = new String[random.nextInt(4)];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = ARGUMENTS.get(random.nextInt(ARGUMENTS.size()));
        }
        client.in(random.nextInt(3)).send(type, arguments);
        client.in(0);
    }
}
