package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Feature;
import org.jxenstored.protocol.MessageType;

/** What dom0 does in the store: it shares nodes, gives them away, and says what a domain may have. */
final class StoreDeeds {
    private static final String SHARED = "/shared/";
    private static final int SHARED_NODES = 4;
    private static final String GIVEN = "/given/";
    private static final int DOMIDS_NAMED = 8;

    private final RandomWorld world;
    private final Chance chance;
    private @Nullable Promise promise;

    /**
     * A permission list that waits for the end of its transaction.
     *
     * @param releases of each domain that it grants something, how often it was released before
     */
    private record Promise(
            int transaction, String path, List<StoreRights.Entry> entries, Map<Inhabitant, Integer> releases) {
        /** What one of those was granted may not come back after its RELEASE; who is dead gets nothing anyway. */
        boolean isBroken() {
            return releases.entrySet().stream()
                    .anyMatch(entry -> entry.getKey().isAlive() && entry.getKey().releases != entry.getValue());
        }
    }

    StoreDeeds(RandomWorld world, Chance chance) {
        this.world = world;
        this.chance = chance;
    }

    /** Makes the nodes that are shared; anew when another daemon runs. */
    void begin() {
        promise = null;
        for (int i = 0; i < SHARED_NODES; i++) {
            world.write(SHARED + i, "");
            world.rights().set(SHARED + i, null, Access.NONE, List.of());
        }
    }

    String share() {
        return share(entries());
    }

    private String share(List<StoreRights.Entry> entries) {
        String path = SHARED + chance.outOf(SHARED_NODES);
        Access others = chance.outOf(6) == 0 ? Access.READ : Access.NONE;
        world.done(MessageType.SET_PERMS, list(path, others, entries));
        world.rights().set(path, null, others, entries);
        return "share " + path + ": " + entries;
    }

    private List<StoreRights.Entry> entries() {
        List<StoreRights.Entry> entries = new ArrayList<>();
        for (int left = 1 + chance.outOf(3); left > 0; left--) {
            entries.add(entryFor(chance.outOf(12) == 0 ? Domid.ANY : 1 + chance.outOf(DOMIDS_NAMED)));
        }
        return entries;
    }

    private StoreRights.Entry entryFor(int domid) {
        Access access = chance.oneOf(List.of(Access.READ, Access.WRITE, Access.BOTH, Access.BOTH, Access.NONE));
        long meant = world.at(domid)
                .filter(each -> !each.isDead())
                .map(Inhabitant::uniqueId)
                .orElse(0L);
        return new StoreRights.Entry(access, domid, meant);
    }

    /** This domain gets something that a successor must not have. */
    String favour(Inhabitant who) {
        return switch (chance.outOf(6)) {
            case 0 -> setQuota(who);
            case 1 -> setFeatures(who);
            case 2 -> give(who);
            default -> share(List.of(entryFor(who.domid())));
        };
    }

    private static String[] list(String path, Access others, List<StoreRights.Entry> entries) {
        List<String> words = new ArrayList<>(List.of(path, others.letter() + "0"));
        entries.forEach(entry -> words.add(entry.toString()));
        return words.toArray(String[]::new);
    }

    /** Begins a transaction that shares a node, or ends it. */
    String shareInTransaction() {
        Promise open = promise;
        if (open != null) {
            promise = null;
            return commit(open);
        }
        int transaction = Integer.parseInt(world.done(MessageType.TRANSACTION_START, ""));
        String path = SHARED + chance.outOf(SHARED_NODES);
        List<StoreRights.Entry> entries = entries();
        Map<Inhabitant, Integer> releases = new HashMap<>();
        entries.forEach(entry -> world.at(entry.domid()).ifPresent(each -> releases.put(each, each.releases)));
        String answer = world.askIn(transaction, MessageType.SET_PERMS, list(path, Access.NONE, entries));
        assertThat(answer).isEqualTo("OK");
        promise = new Promise(transaction, path, entries, releases);
        return "share " + path + " in transaction " + transaction + ": " + entries;
    }

    private String commit(Promise open) {
        String answer = world.askIn(open.transaction(), MessageType.TRANSACTION_END, "T");
        assertThat(answer).as("commit").isIn("OK", "?EAGAIN");
        if (answer.equals("OK")) {
            assertThat(open.isBroken())
                    .as("a right of a released domain came back by transaction " + open)
                    .isFalse();
            world.rights().set(open.path(), null, Access.NONE, open.entries());
        }
        return "end transaction " + open.transaction() + ": " + answer;
    }

    /** A node that belongs to a guest and dies with it. */
    String give() {
        Optional<Inhabitant> owner = chance.oneOf(world.inhabitants(), Inhabitant::isListed);
        return owner.isEmpty() ? "give to nobody" : give(owner.get());
    }

    private String give(Inhabitant owner) {
        String path = GIVEN + chance.outOf(3);
        var _ = world.ask(MessageType.RM, path);
        world.rights().remove(path);
        world.write(path, "");
        String answer = world.ask(MessageType.SET_PERMS, path, "n" + owner.domid());
        assertThat(answer).as("SET_PERMS " + path + " to " + owner).isEqualTo(owner.isDead() ? "?ENOENT" : "OK");
        world.rights().set(path, owner.isDead() ? null : owner, Access.NONE, List.of());
        return "give " + path + " to " + owner;
    }

    String touch() {
        String path = SHARED + chance.outOf(SHARED_NODES);
        world.write(path, "touched");
        return "write " + path;
    }

    String setTarget() {
        Optional<Inhabitant> stub = chance.oneOf(world.inhabitants(), Inhabitant::isListed);
        Optional<Inhabitant> target = chance.oneOf(world.inhabitants(), Inhabitant::isListed);
        if (stub.isEmpty() || target.isEmpty()) {
            return "no target";
        }
        boolean works = stub.get().shouldBeIntroduced() && target.get().shouldBeIntroduced();
        String answer = world.ask(
                MessageType.SET_TARGET,
                Integer.toString(stub.get().domid()),
                Integer.toString(target.get().domid()));
        assertThat(answer).as("SET_TARGET " + stub.get() + " " + target.get()).isEqualTo(works ? "OK" : "?ENOENT");
        if (works) {
            stub.get().target = target.get();
        }
        return "target of " + stub.get() + " is " + target.get() + ": " + answer;
    }

    String setQuota() {
        Optional<Inhabitant> chosen = chance.oneOf(world.inhabitants(), Inhabitant::isListed);
        return chosen.isEmpty() ? "no quota" : setQuota(chosen.get());
    }

    private String setQuota(Inhabitant who) {
        String value = Integer.toString(3 + chance.outOf(50));
        String answer = world.ask(MessageType.SET_QUOTA, Integer.toString(who.domid()), "nodes", value);
        assertThat(answer).as("SET_QUOTA " + who).isEqualTo(who.isDead() ? "?ENOENT" : "OK");
        if (!who.isDead()) {
            who.quotas.put("nodes", value);
        }
        return "quota of " + who + " is " + value;
    }

    String setFeatures() {
        Optional<Inhabitant> chosen = chance.oneOf(world.inhabitants(), Inhabitant::isListed);
        return chosen.isEmpty() ? "no features" : setFeatures(chosen.get());
    }

    private String setFeatures(Inhabitant who) {
        int mask = chance.outOf(Feature.ALL + 1);
        String answer = world.ask(MessageType.SET_FEATURE, Integer.toString(who.domid()), Integer.toString(mask));
        String expected = who.isDead() ? "?ENOENT" : who.introduced ? "?EBUSY" : "OK";
        assertThat(answer).as("SET_FEATURE " + who).isEqualTo(expected);
        if (answer.equals("OK")) {
            who.features = OptionalInt.of(mask);
        }
        return "features of " + who + ": " + answer;
    }

    /** Asks who is introduced; the daemon has to look for itself then. */
    String look() {
        int domid = 1 + chance.outOf(DOMIDS_NAMED);
        boolean introduced =
                world.at(domid).filter(Inhabitant::shouldBeIntroduced).isPresent();
        assertThat(world.done(MessageType.IS_DOMAIN_INTRODUCED, Integer.toString(domid)))
                .as("domain " + domid + " is introduced")
                .isEqualTo(introduced ? "T" : "F");
        return "look at " + domid;
    }
}
