package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.MessageType;

/** A change that is told to more watches than there is time for at once. */
class DeferredEventsTest extends EngineWorld {
    private static final int GUESTS = 10;
    private static final int WATCHES = 60;
    private static final int AT_ONCE = EngineConfig.DEFAULT_EVENTS_AT_ONCE;

    private final List<Guest> watchers = new ArrayList<>();

    @BeforeEach
    void manyWatch() {
        dom0.ok("WRITE", "/shared", "");
        dom0.ok("SET_PERMS", "/shared", "b0");
        for (int domid = 1; domid <= GUESTS; domid++) {
            watches(guest(domid));
        }
    }

    private void watches(Guest guest) {
        for (int i = 0; i < WATCHES; i++) {
            guest.ok("WATCH", "/shared", token(i));
        }
        guest.events();
        watchers.add(guest);
    }

    @Test
    @DisplayName("some are told at once and the others bit by bit; all of them once, each in the order of its watches")
    void toldInSlices() {
        dom0.send("WRITE", "/shared/node", "1");
        assertThat(waiting()).isEqualTo(AT_ONCE);
        for (int slices = 1; engine.isBehind(); slices++) {
            assertThat(slices).isLessThan(60);
            int before = waiting();
            engine.tellSome();
            assertThat(waiting() - before).isBetween(1, AT_ONCE);
        }
        assertThat(watchers)
                .allSatisfy(guest -> assertThat(guest.eventsInQueue()).isEqualTo(eventsOf("/shared/node")));
    }

    @Test
    @DisplayName("P-ORD-6: of two changes the first is told first, though dom0 made the second before all were told")
    void changesStayInOrder() {
        dom0.send("WRITE", "/shared/one", "1");
        engine.tellSome();
        dom0.send("WRITE", "/shared/two", "2");
        assertThat(engine.isBehind()).isTrue();
        tellAll();
        List<String> expected = new ArrayList<>(eventsOf("/shared/one"));
        expected.addAll(eventsOf("/shared/two"));
        assertThat(watchers)
                .allSatisfy(guest -> assertThat(guest.eventsInQueue()).isEqualTo(expected));
    }

    @Test
    @DisplayName("P-ORD-6: a guest finds all events of what was done before ahead of the answer to its request")
    void ownEventsComeFirst() {
        dom0.send("WRITE", "/shared/node", "1");
        Guest last = watchers.getLast();
        assertThat(last.connection().output().isEmpty()).isTrue();
        last.send("READ", "/shared/node");
        assertThat(last.eventsInQueue()).isEqualTo(eventsOf("/shared/node"));
        assertThat(engine.isBehind()).isTrue();
    }

    @Test
    @DisplayName("what a guest changes it is told of itself at once")
    void ownChangesAreToldAtOnce() {
        Guest writer = watchers.getLast();
        dom0.ok("SET_PERMS", "/shared", "b0", "b" + GUESTS);
        watchers.forEach(Guest::events);
        writer.send("WRITE", "/shared/node", "1");
        assertThat(engine.isBehind()).isTrue();
        assertThat(writer.eventsInQueue()).isEqualTo(eventsOf("/shared/node"));
    }

    @Test
    @DisplayName("who is to be told of very much does not keep the others from being told")
    void nobodyIsPassedOver() {
        Guest first = watchers.getFirst();
        for (int i = 0; i < 5; i++) {
            dom0.send("WRITE", "/shared/node" + i, "1");
        }
        for (int i = 0; i < GUESTS; i++) {
            // It never comes to an end with the first one.
            dom0.send("WRITE", "/local/domain/1/x" + i, "1");
            engine.tellSome();
        }
        first.eventsInQueue();
        assertThat(watchers.subList(1, GUESTS))
                .allSatisfy(guest -> assertThat(guest.eventsInQueue()).isNotEmpty());
    }

    @Test
    @DisplayName("while far too much is put off no guest is served, but dom0 is; then the guest goes on")
    void guestsWaitWhileFarBehind() {
        for (int domid = GUESTS + 1; domid <= 80; domid++) {
            watches(guest(domid));
        }
        for (int i = 0; i < EventDelivery.DEFERRED_MAX / WATCHES + 1; i++) {
            dom0.send("WRITE", "/shared/node" + i, "1");
        }
        Guest guest = watchers.getFirst();
        assertThat(engine.admits(guest.connection(), MessageType.READ.number())).isFalse();
        assertThat(engine.admits(dom0.connection(), MessageType.READ.number())).isTrue();
        engine.tick();
        assertThat(guest.resumed).isZero();
        tellAll();
        engine.tick();
        assertThat(guest.resumed).isOne();
        assertThat(engine.admits(guest.connection(), MessageType.READ.number())).isTrue();
    }

    @Test
    @DisplayName("sockets of dom0 are told at once, before and after the guests")
    void dom0IsToldAtOnce() {
        Client tool = socket();
        for (int i = 0; i < 2 * AT_ONCE; i++) {
            tool.ok("WATCH", "/shared", "t" + i);
        }
        tool.events();
        dom0.send("WRITE", "/shared/node", "1");
        assertThat(tool.eventsInQueue()).hasSize(2 * AT_ONCE);
    }

    @Test
    @DisplayName("P-INTRO-8: who begins anew or dies is told nothing of before")
    void whoBeginsAnewIsNotTold() {
        dom0.ok("SET_PERMS", "/shared", "b0", "b1");
        watchers.forEach(Guest::events);
        watchers.getFirst().send("WRITE", "/shared/node", "1");
        Guest again = watchers.get(GUESTS - 2);
        dom0.send("INTRODUCE", Integer.toString(again.domid), "77", "5");
        hypervisor.free(GUESTS);
        engine.scan();
        tellAll();
        assertThat(again.eventsInQueue()).isEmpty();
        assertThat(watchers.getLast().eventsInQueue()).isEmpty();
        assertThat(watchers.get(GUESTS - 3).eventsInQueue()).isEqualTo(eventsOf("/shared/node"));
    }

    @Test
    @DisplayName(
            "S-QUOTA-8: a guest's request is outstanding until all events of it are read, those that were put off too")
    void countedUntilRead() {
        Guest writer = watchers.getFirst();
        dom0.ok("SET_PERMS", "/shared", "b0", "b1");
        watchers.forEach(Guest::events);
        writer.send("WRITE", "/shared/node", "1");
        for (Guest guest : watchers) {
            assertThat(outstanding(1)).isOne();
            guest.eventsInQueue();
        }
        assertThat(outstanding(1)).isOne();
        watchers.forEach(Guest::events);
        assertThat(outstanding(1)).isZero();
    }

    @Test
    @DisplayName(
            "however much is changed before there is time to tell: no more is put off for one guest than its bound")
    void boundedForEach() {
        int changes = 2 * EventDelivery.DEFERRED_MAX / WATCHES;
        for (int i = 0; i < changes; i++) {
            dom0.send("WRITE", "/shared/node" + i, "1");
        }
        Guest last = watchers.getLast();
        int put = last.eventsInQueue().size();
        assertThat(put).isEqualTo(changes * WATCHES - EventDelivery.DEFERRED_MAX);
        assertThat(last.events()).hasSize(EventDelivery.DEFERRED_MAX);
    }

    @Test
    @DisplayName("however many are told of what dom0 does: no more is put off for all guests together than their bound")
    void boundedForAll() {
        for (int domid = GUESTS + 1; domid <= 140; domid++) {
            watches(guest(domid));
        }
        int changes = EventDelivery.DEFERRED_MAX / WATCHES;
        for (int i = 0; i < changes; i++) {
            dom0.send("WRITE", "/shared/node" + i, "1");
        }
        int caused = watchers.size() * changes * WATCHES;
        int put = watchers.stream()
                .mapToInt(guest -> guest.eventsInQueue().size())
                .sum();
        assertThat(put).isEqualTo(caused - EventDelivery.DEFERRED_EVER_MAX);
        int later = watchers.stream().mapToInt(guest -> guest.events().size()).sum();
        assertThat(later).isEqualTo(EventDelivery.DEFERRED_EVER_MAX);
    }

    /** Events in all queues. */
    private int waiting() {
        long bytes = watchers.stream()
                .mapToLong(guest -> guest.connection().output().bytes())
                .sum();
        return (int) (bytes / (Header.SIZE + "/shared/node".length() + 1 + token(0).length() + 1));
    }

    /** All are of the same length. */
    private static String token(int number) {
        return "t" + (100 + number);
    }

    private static List<String> eventsOf(String path) {
        return IntStream.range(0, WATCHES).mapToObj(i -> path + " " + token(i)).toList();
    }
}
