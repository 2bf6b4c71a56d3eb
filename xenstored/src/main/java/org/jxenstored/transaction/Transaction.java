package org.jxenstored.transaction;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jxenstored.store.Generations;
import org.jxenstored.store.Tree;
import org.jxenstored.store.UseByDomain;

/**
 * A client's unit of work on a snapshot of the store.
 *
 * <p>Implementation note: the transaction keeps what it was asked and what it answered. If the store has not moved
 * since the start, its draft simply becomes the store. Otherwise all requests run again on the store of
 * now; if every answer is the same, the client cannot tell that it did not run there in the first place,
 * and the new draft becomes the store. A transaction that changed nothing always commits: it ran at its
 * start. A request that repeats an earlier one, with no change in between, is not kept.
 *
 * <p>A snapshot keeps alive what others have replaced since. So whoever counts that can have a transaction begin anew on the
 * tree of now ({@link #renew}), which its client cannot tell either if every answer is the same.
 */
public final class Transaction {

    /** Bytes of heap of a version of a listing that only an answer of this transaction holds. */
    private static final int OWN_LISTING = 1536;

    private record Asked(Step step, Answer answer) {}

    /** How a commit ended. */
    public sealed interface Outcome {
        /** This draft is the next store. */
        record Committed(Draft draft) implements Outcome {}

        /** Some answer would be another one now. */
        record Conflict() implements Outcome {}
    }

    private final int id;
    private final Generations generations;
    private final List<Asked> asked = new ArrayList<>();
    private final Set<Step> repeatable = new HashSet<>();
    private long domainsVersion;
    private AccessLog log = new AccessLog();
    private Draft draft;
    private long stepsSize;
    private long booked;
    private boolean failed;
    private boolean lost;
    private boolean interrupted;

    /**
     * @param id of the connection's choice
     * @param domainsVersion changes whenever a domain becomes known or is forgotten
     */
    public Transaction(int id, Tree snapshot, Generations generations, long domainsVersion) {
        this.id = id;
        this.generations = generations;
        this.domainsVersion = domainsVersion;
        this.draft = Draft.forTransaction(snapshot, generations, log);
        generations.next();
    }

    public int id() {
        return id;
    }

    /** Runs a request on the snapshot and what this transaction made of it. */
    public Answer run(Step step) {
        if (failed || lost) {
            return step.run(Draft.forRequest(draft.tree(), generations));
        }
        Tree seen = draft.tree();
        Answer answer = step.run(draft);
        if (answer instanceof Answer.Failed refused && refused.spoilsTransaction()) {
            fail();
            return answer;
        }
        if (!draft.tree().equals(seen)) {
            repeatable.clear();
            keep(step, answer);
        } else if (repeatable.add(step)) {
            keep(step, answer);
        }
        return answer;
    }

    private void keep(Step step, Answer answer) {
        asked.add(new Asked(step, answer));
        stepsSize += step.size() + (answer.holdsChildren() && draft.isChanged() ? OWN_LISTING : 0);
    }

    /**
     * Makes the commit impossible: something could not be recorded (S-TX-12). From now on nothing is kept, and
     * reads see the snapshot.
     */
    public void fail() {
        failed = true;
        forget(draft.before());
    }

    private void forget(Tree seenFromNowOn) {
        asked.clear();
        repeatable.clear();
        stepsSize = 0;
        log = new AccessLog();
        draft = Draft.forTransaction(seenFromNowOn, generations, log);
    }

    /** How many requests it keeps: what {@link #renew} has to do again. */
    public int steps() {
        return asked.size();
    }

    /**
     * Lets go of the tree it began with, and goes on as one that began on the tree of now: with the same answers, or, if one
     * would be another now, as one that has lost.
     */
    public void renew(Tree now, long domainsVersionNow) {
        AccessLog freshLog = new AccessLog();
        Draft fresh = Draft.forTransaction(now, generations, freshLog);
        for (int i = 0; i < asked.size(); i++) {
            Asked request = asked.get(i);
            Answer answer = request.step.run(fresh);
            if (!request.answer.sameAs(answer)) {
                lose(now);
                return;
            }
            // The answer of then points into the tree of then.
            asked.set(i, new Asked(request.step, answer));
        }
        log = freshLog;
        draft = fresh;
        domainsVersion = domainsVersionNow;
    }

    /** Lets go of the tree it began with: it will end in a conflict, keeps nothing any more, and reads see this tree. */
    public void lose(Tree now) {
        lost = true;
        forget(now);
    }

    /** It was begun with another daemon, and what was done in it is not known: it goes on, but will end in a conflict. */
    public void interrupt() {
        interrupted = true;
    }

    public boolean isInterrupted() {
        return interrupted;
    }

    public boolean isFailed() {
        return failed;
    }

    /** Nodes touched so far, for the transaction-nodes quota. */
    public long touchedNodes() {
        return log.size();
    }

    /** Bytes this transaction holds for its domain: what it was asked, what it created, the paths it touched. */
    public long size() {
        return failed || lost
                ? 0
                : stepsSize + log.keysSize() + draft.useChange().bytesAdded();
    }

    /** By how much {@link #size} grew, or shrank, since this was last asked; for whoever keeps the books. */
    public long takeGrowth() {
        long growth = size() - booked;
        booked += growth;
        return growth;
    }

    /** The size as it was when {@link #takeGrowth} was last asked. */
    public long booked() {
        return booked;
    }

    /** By how much the work so far changes what the owners use; a commit on another tree may change it otherwise. */
    public UseByDomain useChange() {
        return draft.useChange();
    }

    /** Tries to make this transaction's work part of the store of now (design decision on transactions). */
    public Outcome commit(Tree now, long domainsVersionNow) {
        if (lost || interrupted) {
            return new Outcome.Conflict();
        }
        if (!draft.isChanged() || (now.equals(draft.before()) && domainsVersionNow == domainsVersion)) {
            return new Outcome.Committed(draft);
        }
        Draft again = Draft.forTransaction(now, generations, new AccessLog());
        for (Asked request : asked) {
            if (!request.answer.sameAs(request.step.run(again))) {
                return new Outcome.Conflict();
            }
        }
        return new Outcome.Committed(again);
    }
}
