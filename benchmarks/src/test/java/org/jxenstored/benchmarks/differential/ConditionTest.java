package org.jxenstored.benchmarks.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.jxenstored.benchmarks.differential.Difference.What;
import org.jxenstored.protocol.MessageType;

/** What the rows do not explain: each refuses what is only like the difference it is for. */
final class ConditionTest {
    private final Rules rules = Rules.read();
    private final Progress progress = new Progress();

    private static Step.Call call(Who who, MessageType type, String payload) {
        return Step.Call.of(who, type, TransactionRef.NONE, payload);
    }

    private static Step.Call in(int transaction, Who who, MessageType type, String payload) {
        return Step.Call.of(who, type, TransactionRef.handle(transaction), payload);
    }

    /** Both daemons answer OK. */
    private void done(Step step) {
        progress.note(step, new Answer("", "OK\0"), new Answer("", "OK\0"));
    }

    private void refused(Step step, String error) {
        progress.note(step, new Answer(error, ""), new Answer(error, ""));
    }

    private void begin(Who who, int transaction) {
        Step start = new Step.Call(
                who, MessageType.TRANSACTION_START.number(), TransactionRef.NONE, "\0", Optional.of(transaction));
        progress.note(start, new Answer("", transaction + "\0"), new Answer("", transaction + "\0"));
    }

    private String reply(Step step, String c, String ours) {
        return name(new Difference(step, What.REPLY, step.who(), c, ours, progress.circumstances(step)));
    }

    private String onlyOurs(Step step, Who who, String event) {
        return name(new Difference(
                step, What.ONLY_OURS, who, "nothing", Escape.shown(event), progress.circumstances(step)));
    }

    private String name(Difference difference) {
        return rules.explain(difference).map(Rule::name).orElse("unexplained");
    }

    @Test
    void aTransactionIsExcusedOnlyForWhatSomebodyElseChangedThere() {
        begin(Who.S0, 1);
        Step read = in(1, Who.S0, MessageType.READ, "/t/a\0");
        assertThat(reply(read, "\"1\"", "\"2\"")).isEqualTo("unexplained");
        done(call(Who.S1, MessageType.WRITE, "/t/b\0x"));
        assertThat(reply(read, "\"1\"", "\"2\""))
                .as("t is new, and perhaps its child")
                .isEqualTo("snapshots");
        begin(Who.S0, 2);
        Step later = in(2, Who.S0, MessageType.READ, "/t/a\0");
        done(call(Who.S1, MessageType.WRITE, "/t/c\0x"));
        assertThat(reply(later, "\"1\"", "\"2\"")).isEqualTo("unexplained");
        done(call(Who.S1, MessageType.WRITE, "/t/a\0x"));
        assertThat(reply(later, "\"1\"", "\"2\"")).isEqualTo("snapshots");
    }

    @Test
    void aCommitMayFailOnlyIfWhatWasAskedForHadChangedBeforeThat() {
        begin(Who.S0, 1);
        done(in(1, Who.S0, MessageType.READ, "/t\0"));
        Step end = in(1, Who.S0, MessageType.TRANSACTION_END, "T\0");
        assertThat(reply(end, "EAGAIN", "\"OK\\0\"")).isEqualTo("unexplained");
        done(call(Who.S1, MessageType.WRITE, "/t\0x"));
        assertThat(reply(end, "EAGAIN", "\"OK\\0\"")).isEqualTo("fewer-conflicts");
        assertThat(reply(end, "\"OK\\0\"", "EAGAIN")).isEqualTo("unexplained");
        done(in(1, Who.S0, MessageType.DIRECTORY, "/t\0"));
        assertThat(reply(end, "\"OK\\0\"", "EAGAIN")).isEqualTo("snapshots");
    }

    @Test
    void aSpoiltTransactionIsExcusedForWhatItWroteOnly() {
        begin(Who.G1, 1);
        done(in(1, Who.G1, MessageType.WRITE, "a\0x"));
        Step read = in(1, Who.G1, MessageType.READ, "/local/domain/1/a\0");
        assertThat(reply(read, "\"x\"", "ENOENT")).isEqualTo("unexplained");
        refused(in(1, Who.G1, MessageType.WRITE, "b\0long"), "ENOSPC");
        assertThat(reply(read, "\"x\"", "ENOENT")).isEqualTo("spoilt-transactions");
        assertThat(reply(in(1, Who.G1, MessageType.READ, "b\0"), "\"x\"", "ENOENT"))
                .isEqualTo("unexplained");
    }

    @Test
    void anEventOfASpecialNameMustTellOfTheStep() {
        Step release = call(Who.S0, MessageType.RELEASE, "1\0");
        assertThat(onlyOurs(release, Who.G2, "@releaseDomain\0x\0")).isEqualTo("special-events-for-guests");
        assertThat(onlyOurs(release, Who.G2, "@introduceDomain\0x\0")).isEqualTo("unexplained");
        assertThat(onlyOurs(release, Who.S1, "@releaseDomain/1\0x\0")).isEqualTo("events-of-one-domain");
        assertThat(onlyOurs(release, Who.S1, "@releaseDomain/2\0x\0")).isEqualTo("unexplained");
        Step introduce = call(Who.S0, MessageType.INTRODUCE, "4\0001\0007\0");
        assertThat(onlyOurs(introduce, Who.G2, "@introduceDomain\0x\0"))
                .as("a guest may not know of others that come")
                .isEqualTo("unexplained");
        done(call(Who.S0, MessageType.SET_PERMS, "/\0r0\0"));
        assertThat(onlyOurs(introduce, Who.G2, "@introduceDomain\0x\0")).isEqualTo("special-events-for-guests");
        assertThat(onlyOurs(call(Who.S0, MessageType.WRITE, "/a\0"), Who.G2, "@releaseDomain\0x\0"))
                .isEqualTo("unexplained");
    }

    @Test
    void aGuestIsToldOfARemovalOnlyOfWhatWasRemoved() {
        begin(Who.S0, 1);
        done(in(1, Who.S0, MessageType.RM, "/t/a\0"));
        Step end = in(1, Who.S0, MessageType.TRANSACTION_END, "T\0");
        assertThat(onlyOurs(end, Who.G1, "/t/a/b\0x\0")).isEqualTo("removals-in-transactions");
        assertThat(onlyOurs(end, Who.G1, "/t/b\0x\0")).isEqualTo("unexplained");
    }

    @Test
    void onlyEntriesOfTheDeadMayBeMissing() {
        Step get = call(Who.S0, MessageType.GET_PERMS, "/t\0");
        assertThat(reply(get, "\"n0\\0r1\\0\"", "\"n0\\0\"")).isEqualTo("unexplained");
        done(new Step.Replace(Who.G1));
        assertThat(reply(get, "\"n0\\0r1\\0\"", "\"n0\\0\"")).isEqualTo("entries-of-the-dead");
        assertThat(reply(get, "\"n0\\0\"", "\"n0\\0r1\\0\"")).isEqualTo("unexplained");
        assertThat(reply(get, "\"n0\\0r1\\0r2\\0\"", "\"n0\\0\"")).isEqualTo("unexplained");
        assertThat(reply(get, "\"n1\\0r0\\0\"", "\"r0\\0\""))
                .as("an owner is never missing")
                .isEqualTo("unexplained");
    }

    @Test
    void theRightsOfTheDeadAreThoseOfTheNodeThatWasChangedLast() {
        done(call(Who.S0, MessageType.SET_PERMS, "/t/a\0n0\0b1\0"));
        done(new Step.Replace(Who.G1));
        Step read = call(Who.G1, MessageType.READ, "/t/a\0");
        assertThat(reply(read, "\"x\"", "EACCES")).isEqualTo("rights-of-the-dead");
        assertThat(reply(call(Who.G1, MessageType.READ, "/b\0"), "\"x\"", "EACCES"))
                .isEqualTo("unexplained");
        assertThat(reply(call(Who.G2, MessageType.READ, "/t/a\0"), "\"x\"", "EACCES"))
                .isEqualTo("unexplained");
    }

    @Test
    void whoIsNoTargetIsReleasedByBoth() {
        Step release = call(Who.S0, MessageType.RELEASE, "4\0");
        Circumstances none = progress.circumstances(release);
        assertThat(name(new Difference(release, What.STATE, Who.S0, "introduced", "released", none)))
                .isEqualTo("unexplained");
        done(call(Who.S0, MessageType.SET_TARGET, "1\0004\0"));
        Circumstances target = progress.circumstances(release);
        assertThat(name(new Difference(release, What.STATE, Who.S0, "introduced", "released", target)))
                .isEqualTo("targets-are-released");
        assertThat(name(new Difference(release, What.STATE, Who.S0, "released", "introduced", target)))
                .isEqualTo("unexplained");
    }

    @Test
    void theSpecialNodesTellWhatTheyMustAndNothingElse() {
        Step ofRelease = call(Who.G1, MessageType.GET_PERMS, "@releaseDomain\0");
        assertThat(reply(ofRelease, "ENOENT", "\"n0\\0r32757\\0\"")).isEqualTo("special-nodes");
        assertThat(reply(ofRelease, "ENOENT", "\"n0\\0\"")).isEqualTo("unexplained");
        Step ofIntroduce = call(Who.G1, MessageType.GET_PERMS, "@introduceDomain\0");
        assertThat(reply(ofIntroduce, "ENOENT", "EACCES")).isEqualTo("special-nodes");
        assertThat(reply(ofIntroduce, "ENOENT", "\"n0\\0\"")).isEqualTo("unexplained");
    }

    @Test
    void aPathIsLongWithinItsLimitsOnly() {
        String below = "p".repeat(2049);
        assertThat(reply(call(Who.S0, MessageType.READ, "/" + below + "\0"), "EINVAL", "ENOENT"))
                .isEqualTo("long-paths-of-sockets");
        assertThat(reply(call(Who.S0, MessageType.READ, "/" + "p".repeat(3072) + "\0"), "EINVAL", "ENOENT"))
                .isEqualTo("unexplained");
        assertThat(reply(call(Who.S0, MessageType.READ, "/p\0"), "EINVAL", "ENOENT"))
                .isEqualTo("unexplained");
        assertThat(reply(call(Who.G1, MessageType.READ, "/" + below + "\0"), "EINVAL", "ENOENT"))
                .isEqualTo("unexplained");
    }

    @Test
    void whatIsCalmExcusesNothing() {
        assertThat(Circumstances.CALM).isEqualTo(new Progress().circumstances(call(Who.S0, MessageType.READ, "/\0")));
    }
}
