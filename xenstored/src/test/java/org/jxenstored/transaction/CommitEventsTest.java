package org.jxenstored.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.store.Node;
import org.jxenstored.watch.RecordingWatcher;

@DisplayName("S-TX-11: events of a commit")
class CommitEventsTest {
    private final StoreWorld world =
            new StoreWorld("WRITE /a 1", "WRITE /b 1", "WRITE /t 1", "WRITE /t/a 1", "WRITE /t/a/c 1", "WRITE /t/d 1");
    private final RecordingWatcher watcher = RecordingWatcher.ofAll();

    private void commit(String... requests) {
        Transaction transaction = world.begin();
        for (String request : requests) {
            assertThat(world.in(transaction, request)).isNotEqualTo("EINVAL");
        }
        assertThat(watcher.paths()).as("nothing before the commit").isEmpty();
        assertThat(world.commit(transaction)).isEqualTo("OK");
    }

    @Test
    void thereIsOneForEachChangedPathInOrderOfFirstAccess() {
        watcher.on(world.watches(), "/");
        commit("READ /b", "WRITE /a 2", "WRITE /b 2", "WRITE /a 3", "WRITE /n/m 1");
        assertThat(watcher.paths()).containsExactly("/b", "/a", "/n/m");
    }

    @Test
    void theOrderIsTheSameWhenTheRequestsRunAgain() {
        watcher.on(world.watches(), "/a", "/b", "/n");
        Transaction transaction = world.begin();
        List.of("READ /b", "WRITE /a 2", "READ /b", "WRITE /b 2").forEach(each -> world.in(transaction, each));
        world.now("WRITE /t 9");
        assertThat(world.commit(transaction)).isEqualTo("OK");
        assertThat(watcher.paths()).containsExactly("/b", "/a");
    }

    @Test
    @DisplayName("S-RM-8: a removed node's event comes before those of its children")
    void aRemovedNodeComesBeforeItsChildren() {
        watcher.on(world.watches(), "/t/a/c", "/t/d", "/t", "/t/a", "/t/nothing");
        commit("RM /t");
        assertThat(watcher.tokens()).containsExactly("/t", "/t/a", "/t/a/c", "/t/d");
    }

    @Test
    @DisplayName("S-TX-11: what stood below a removed node is touched when that is removed, not when it was looked at")
    void whatStoodBelowComesAfterWhatWasTouchedBeforeTheRemoval() {
        watcher.on(world.watches(), "/t", "/t/a/c", "/b", "/a");
        commit("READ /t/a/nothing", "READ /t", "WRITE /b 2", "RM /t", "WRITE /a 2");
        assertThat(watcher.tokens()).containsExactly("/t", "/b", "/t/a/c", "/a");
    }

    @Test
    @DisplayName("S-TX-11: a removal touches the node that loses a child")
    void aRemovalTouchesTheNodeAbove() {
        watcher.on(world.watches(), "/t/a/c", "/t/a", "/a");
        commit("RM /t/a/c", "WRITE /a 2", "RM /t/a");
        assertThat(watcher.tokens()).containsExactly("/t/a/c", "/t/a", "/t/a", "/a");
    }

    @Test
    @DisplayName("S-TX-11, S-CREATE-5: a removal does not change what was looked for in vain below it")
    void whatIsMadeOnTheWayAfterARemovalIsNotTold() {
        watcher.on(world.watches(), "/t/n", "/t/n/m");
        commit("READ /t/n", "RM /t", "MKDIR /t/n/m");
        assertThat(watcher.paths()).containsExactly("/t/n/m", "/t/n/m");
    }

    @Test
    @DisplayName("S-RM-2: children of a removed node are told to watches on exactly them")
    void childrenAreToldExactly() {
        watcher.on(world.watches(), "/");
        commit("READ /t/a", "RM /t");
        assertThat(watcher.paths()).containsExactly("/t");
    }

    @Test
    @DisplayName("S-FILT-5: what was created and removed again is told to nobody")
    void createdAndRemovedIsToldToNobody() {
        watcher.on(world.watches(), "/n", "/n/m", "/n/m/o", "/");
        commit("WRITE /n/m/o 1", "WRITE /n/m 2", "RM /n/m", "WRITE /n/m/o 2", "RM /n");
        assertThat(watcher.paths()).isEmpty();
    }

    @Test
    void aNodeThatCameBackHasOneEvent() {
        watcher.on(world.watches(), "/t/d");
        commit("RM /t/d", "WRITE /t/d 2");
        assertThat(watcher.paths()).containsExactly("/t/d");
    }

    @Test
    void whatStoodBelowARemovedNodeIsToldEvenIfItComesBack() {
        watcher.on(world.watches(), "/t/a/c", "/t/d", "/t/n");
        commit("RM /t", "MKDIR /t/n");
        assertThat(watcher.tokens()).containsExactlyInAnyOrder("/t/a/c", "/t/d", "/t/n");
    }

    @Test
    void aLookAfterTheRemovalHidesNothing() {
        watcher.on(world.watches(), "/t/a", "/t/a/c");
        commit("RM /t", "READ /t/a", "LS /t/a/c");
        assertThat(watcher.tokens()).containsExactlyInAnyOrder("/t/a", "/t/a/c");
    }

    @Test
    @DisplayName("S-TX-11: the subtree mode wins over the exact one")
    void theSubtreeModeWins() {
        watcher.on(world.watches(), "/t/a");
        commit("WRITE /t/a/c 2", "RM /t/a");
        assertThat(watcher.paths()).containsExactlyInAnyOrder("/t/a", "/t/a/c");
    }

    @Test
    @DisplayName("S-WATCH-5: reads, MKDIR of what exists and RM of what does not cause no event")
    void whatChangesNothingIsNotTold() {
        watcher.on(world.watches(), "/");
        commit("READ /a", "MKDIR /t", "RM /zzz", "LS /t", "GETPERMS /t", "WRITE /b 2");
        assertThat(watcher.paths()).containsExactly("/b");
    }

    @Test
    @DisplayName("S-WATCH-5: an aborted transaction causes no event")
    void anAbortedTransactionIsNotTold() {
        watcher.on(world.watches(), "/");
        Transaction transaction = world.begin();
        world.in(transaction, "WRITE /a 2");
        world.in(transaction, "RM /t");
        assertThat(watcher.paths()).isEmpty();
        assertThat(world.now("READ /a")).isEqualTo("1");
    }

    @Test
    @DisplayName("S-FILT-4: who may read only the parent learns of a removal, in a transaction or not")
    void aReaderOfTheParentLearnsOfARemoval() {
        List<RecordingWatcher.Event> events = new ArrayList<>();
        Node parent = Objects.requireNonNull(world.tree().find(StorePath.of("/t")));
        var reader = new RecordingWatcher(
                1,
                node -> node.value().equals(parent.value()) && node.children().size() == 2,
                events);
        reader.on(world.watches(), "/t/d");
        commit("RM /t/d");
        assertThat(reader.paths()).containsExactly("/t/d");
    }

    @Test
    @DisplayName("S-FILT-1, S-FILT-3: who loses the right to read gets this one event")
    void theLoserOfARightGetsOneEvent() {
        world.now("PERMS /a r0");
        List<RecordingWatcher.Event> events = new ArrayList<>();
        var guest = new RecordingWatcher(
                1, node -> StoreWorld.TestCaller.guest(1).rightsOn(node).read(), events);
        guest.on(world.watches(), "/a");
        commit("PERMS /a n0");
        world.now("WRITE /a 5");
        assertThat(guest.paths()).containsExactly("/a");
    }
}
