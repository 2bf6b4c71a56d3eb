package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.domain.FakeDomainStates;
import org.jxenstored.domain.Quotas;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Limits;

/** The deepest tree there can be, on a quarter of the stack that a thread usually has (XSA-418). */
@ParameterizedClass(name = "orphans are kept: {0}")
@ValueSource(booleans = {false, true})
final class DeepTreeTest extends EngineWorld {
    private static final long QUARTER_OF_THE_USUAL_STACK = 256 << 10;

    /** Two bytes for each level, and a last one for a node below. */
    private static final String DEEPEST = "/t".repeat(Limits.ABSOLUTE_PATH_MAX / 2 - 1);

    private final boolean keepOrphans;

    DeepTreeTest(boolean keepOrphans) {
        super(
                new EngineConfig(
                        Domid.DOM0,
                        Domid.DOM0,
                        Quotas.DEFAULTS,
                        EngineConfig.DEFAULT_WATCH_EVENT_TIMEOUT_SECONDS,
                        keepOrphans,
                        EngineConfig.DEFAULT_SOCKET_QUEUE_BYTES,
                        EngineConfig.DEFAULT_EVENTS_AT_ONCE),
                new FakeDomainStates());
        this.keepOrphans = keepOrphans;
    }

    private static void onAQuarterOfAStack(Runnable work) throws Exception {
        FutureTask<Boolean> task = new FutureTask<>(work, true);
        Thread thread = new Thread(null, task, "a quarter of a stack", QUARTER_OF_THE_USUAL_STACK);
        thread.start();
        assertThat(task.get(5, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    @DisplayName(
            "P-PATH-12, S-RM-1, S-DEATH-2, S-DEATH-3: 1,536 levels are made, checked, removed, committed, inherited")
    void asDeepAsAPathCanBe() throws Exception {
        onAQuarterOfAStack(this::makeUseAndRemove);
    }

    private void makeUseAndRemove() {
        Guest guest = guest(3);
        String own = DEEPEST + "/o";
        dom0.ok("WRITE", DEEPEST, "x");
        dom0.ok("SET_PERMS", DEEPEST, "n0", "b3");
        dom0.ok("WRITE", own, "x");
        dom0.ok("SET_PERMS", own, "n3");
        dom0.ok("WATCH", "/t/t", "top");
        dom0.ok("WATCH", own, "end");
        guest.ok("WATCH", "/t", "guest");
        assertThat(new ConsistencyCheck(engine).findings()).isEmpty();
        commitAgainstOthers(own);
        hypervisor.free(3);
        engine.scan();
        assertThat(dom0.ask("READ", own)).isEqualTo(keepOrphans ? "x" : "ENOENT");
        assertThat(dom0.ask("GET_PERMS", DEEPEST)).isEqualTo("n0");
        guest(4);
        dom0.ok("SET_PERMS", "/t", "n4");
        dom0.ok("SET_PERMS", "/t/t/t", "n4");
        dom0.ok("SET_PERMS", DEEPEST, "n4");
        hypervisor.free(4);
        engine.scan();
        assertThat(dom0.ask("READ", DEEPEST)).isEqualTo(keepOrphans ? "x" : "ENOENT");
        if (keepOrphans) {
            assertThat(dom0.ask("GET_PERMS", "/t/t/t")).isEqualTo("n0");
        }
        dom0.ok("WRITE", DEEPEST, "x");
        dom0.events();
        dom0.ok("RM", "/t");
        assertThat(dom0.events()).contains("/t/t top");
        assertThat(new ConsistencyCheck(engine).findings()).isEmpty();
    }

    /** Removes and makes all of it in a transaction that has to run again. */
    private void commitAgainstOthers(String own) {
        Client other = socket();
        other.begin();
        other.ok("RM", "/t");
        other.ok("WRITE", DEEPEST, "x");
        other.ok("WRITE", own, "x");
        other.ok("SET_PERMS", DEEPEST, "n0", "b3");
        other.ok("SET_PERMS", own, "n3");
        dom0.ok("WRITE", "/meanwhile", "x");
        assertThat(other.end("T")).isEqualTo("OK");
    }
}
