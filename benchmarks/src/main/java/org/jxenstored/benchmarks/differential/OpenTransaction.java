package org.jxenstored.benchmarks.differential;

import java.util.ArrayList;
import java.util.List;
import org.jxenstored.protocol.MessageType;

/** A transaction that is open, and what was done in it. */
final class OpenTransaction {
    private final Who who;
    private final int idInC;
    private final int idInOurs;
    private final int begun;
    private final List<Access> accesses = new ArrayList<>();
    private final List<Step.Call> changed = new ArrayList<>();
    private boolean spoilt;
    private boolean refused;

    /** A request for a path, when there had been so many changes by others. */
    private record Access(String path, int changes) {}

    /**
     * One that begins now.
     *
     * @param begun how many changes there were before
     */
    OpenTransaction(Who who, int idInC, int idInOurs, int begun) {
        this.who = who;
        this.idInC = idInC;
        this.idInOurs = idInOurs;
        this.begun = begun;
    }

    Who who() {
        return who;
    }

    int idInC() {
        return idInC;
    }

    int idInOurs() {
        return idInOurs;
    }

    void access(String path, int changes) {
        accesses.add(new Access(path, changes));
    }

    /** Something was changed in it. */
    void change(Step.Call call) {
        changed.add(call);
    }

    /** A request was refused for a quota. */
    void spoil() {
        spoilt = true;
    }

    /** A request was refused for want of permission. */
    void refuse() {
        refused = true;
    }

    boolean isRefused() {
        return refused;
    }

    /** What was changed in it. */
    List<Step.Call> changed() {
        return changed;
    }

    /** The paths of the requests of this type that were done in it. */
    List<String> changed(MessageType type) {
        return changed.stream()
                .filter(call -> call.is(type))
                .map(Step.Call::path)
                .toList();
    }

    /** What it gave other permissions, and the parents that it perhaps made on the way. */
    List<String> permitted(Changes changes) {
        return changed.stream()
                .filter(call -> !call.is(MessageType.RM))
                .map(call -> call.is(MessageType.SET_PERMS) ? call.path() : Changes.parent(call.path()))
                .filter(path -> changed(MessageType.SET_PERMS).contains(path) || !changes.isPresent(path))
                .toList();
    }

    /** Whether something below a node was changed after that node was removed. */
    boolean isMadeAgain() {
        for (int i = 0; i < changed.size(); i++) {
            String root = changed.get(i).path();
            if (changed.get(i).is(MessageType.RM)
                    && changed.subList(i + 1, changed.size()).stream()
                            .anyMatch(later -> Changes.isAtOrBelow(later.path(), root))) {
                return true;
            }
        }
        return false;
    }

    /** Whether what it wrote of this path may be lost to it (S-TX-12). */
    boolean isSpoilt(String path) {
        return spoilt && changed.stream().anyMatch(own -> Changes.isOneAbove(own.path(), path));
    }

    /** Somebody else changed what this path is about since it began. */
    boolean isMoved(Changes changes, String path) {
        return changes.since(begun, path);
    }

    boolean isAnythingMoved(Changes changes) {
        return begun < changes.count();
    }

    /** Somebody else changed something after it was first used. */
    boolean isMovedAfterFirstAccess(Changes changes) {
        return !accesses.isEmpty() && accesses.getFirst().changes() < changes.count();
    }

    /** Somebody else changed, after it began, what it asked for later. */
    boolean isMovedBeforeAnAccess(Changes changes) {
        return accesses.stream().anyMatch(access -> changes.between(begun, access.changes(), access.path()));
    }
}
