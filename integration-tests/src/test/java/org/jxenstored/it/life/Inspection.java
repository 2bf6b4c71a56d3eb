package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.jxenstored.domain.Domain;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Feature;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.sim.host.Reference;
import org.jxenstored.sim.host.SimDomain;

/** What must be true on a machine whenever the daemon has seen all there is to see. */
final class Inspection {
    private final RandomWorld world;

    Inspection(RandomWorld world) {
        this.world = world;
    }

    void run() throws InterruptedException {
        world.catchUp();
        checkIntroduced();
        world.settle();
        world.ledger().judge(introduced());
        checkShutdowns();
        checkReferences();
        checkNodes();
        checkKnownDomains();
        checkSettings();
        world.daemon().check();
        assertThat(world.daemon().xen().bound())
                .as("ports: for VIRQ_DOM_EXC, and at most one for each ring")
                .hasSizeLessThanOrEqualTo(1 + world.daemon().mapped().size());
        world.inhabitants()
                .removeIf(each -> each.isDead()
                        && !each.isListed()
                        && world.rights().paths().stream()
                                .noneMatch(path -> each.equals(world.rights().ownerOf(path)))
                        && world.inhabitants().stream().noneMatch(other -> other.refersTo(each)));
    }

    private Set<Integer> introduced() {
        Set<Integer> domids = new TreeSet<>();
        world.inhabitants().stream().filter(Inhabitant::shouldBeIntroduced).forEach(each -> domids.add(each.domid()));
        return domids;
    }

    private void checkIntroduced() {
        Set<Integer> introduced = introduced();
        Set<Integer> domids = new TreeSet<>(List.of(1, 2, 3, 4, 5, 6, 7, 8));
        domids.addAll(introduced);
        for (int domid : domids) {
            assertThat(world.done(MessageType.IS_DOMAIN_INTRODUCED, Integer.toString(domid)))
                    .as("domain " + domid + " is introduced")
                    .isEqualTo(introduced.contains(domid) ? "T" : "F");
        }
        List<Integer> mapped = new ArrayList<>(introduced);
        mapped.addFirst(Domid.DOM0);
        assertThat(world.daemon().mapped()).as("rings mapped").isEqualTo(mapped);
    }

    /** Whoever is shut down was told of (L-SCAN-6). */
    private void checkShutdowns() {
        for (Inhabitant each : world.inhabitants()) {
            if (each.shouldBeIntroduced() && each.domain.state().shutdown()) {
                assertThat(world.ledger().isShutdownReported(each.domid()))
                        .as("the shutdown of domain " + each + " was told")
                        .isTrue();
            }
        }
    }

    /** A dead domain is there only as long as somebody we know of keeps it, and the daemon keeps nobody (L-REF-2). */
    private void checkReferences() {
        for (SimDomain listed : world.host().list()) {
            if (listed.domid() != Domid.DOM0) {
                checkReferences(world.at(listed.domid()).orElseThrow());
            }
        }
    }

    private void checkReferences(Inhabitant each) {
        List<Integer> mappings = new ArrayList<>();
        boolean kept = false;
        for (Reference reference : each.domain.references()) {
            switch (reference.kind()) {
                case GRANT_MAP, FOREIGN_MAP -> {
                    kept = true;
                    if (!isDying(reference.domid())) {
                        mappings.add(reference.domid());
                    }
                }
                case TARGET -> kept = true;
                default -> {}
            }
        }
        List<Integer> expected = new ArrayList<>();
        each.held.stream()
                .filter(held -> held.isThere())
                .forEach(held -> expected.add(held.holder().domid()));
        if (each.shouldBeIntroduced()) {
            expected.add(Domid.DOM0);
        }
        assertThat(mappings).as("who maps pages of domain " + each).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(each.isDead() && !kept)
                .as("domain " + each + " is a zombie though nobody keeps it")
                .isFalse();
    }

    /** How much of its mappings a dying domain has left is its own affair. */
    private boolean isDying(int domid) {
        return world.host()
                .find(domid)
                .filter(domain -> domain.state().life() == Life.DYING)
                .isPresent();
    }

    /** A node is there exactly as long as its owner (S-DEATH-2, S-DEATH-9). */
    private void checkNodes() {
        for (String path : world.rights().paths()) {
            @Nullable Inhabitant owner = world.rights().ownerOf(path);
            boolean gone = owner != null && (owner.introduced ? owner.isDead() : !owner.isListed());
            assertThat(world.exists(path)).as(path + " exists").isEqualTo(!gone);
            if (gone) {
                world.rights().remove(path);
            }
        }
    }

    /** The store has a record of nobody who is not there any more, nor of a predecessor. */
    private void checkKnownDomains() {
        for (Domain known : world.daemon().server().engine().domains().all()) {
            if (!known.isPinned()) {
                Inhabitant now = world.at(known.domid()).orElse(null);
                assertThat(now).as("the store knows domain " + known.domid()).isNotNull();
                if (now != null && world.hasUniqueIds()) {
                    assertThat(known.uniqueId())
                            .as("the store knows domain " + now)
                            .isEqualTo(now.uniqueId());
                }
            }
        }
    }

    /** Quotas and features are those that were set for this very domain (S-DEATH-5). */
    private void checkSettings() {
        String usual = world.done(MessageType.GET_QUOTA, "nodes");
        for (Inhabitant each : world.inhabitants()) {
            if (each.isAlive()) {
                String domid = Integer.toString(each.domid());
                assertThat(world.done(MessageType.GET_QUOTA, domid, "nodes"))
                        .as("quota of domain " + each)
                        .isEqualTo(each.quotas.getOrDefault("nodes", usual));
                assertThat(world.done(MessageType.GET_FEATURE, domid))
                        .as("features of domain " + each)
                        .isEqualTo(Integer.toString(each.features.orElse(Feature.ALL)));
            }
        }
    }
}
