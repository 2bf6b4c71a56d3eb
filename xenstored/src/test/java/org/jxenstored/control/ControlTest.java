package org.jxenstored.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.engine.EngineWorld;
import org.jxenstored.hypervisor.BackendCommand;
import org.jxenstored.protocol.Errno;

@DisplayName("protocol.md 6.6: CONTROL")
class ControlTest extends EngineWorld {
    private final FakeTraceControl file = new FakeTraceControl();
    private final List<Runnable> later = new ArrayList<>();
    private final CompletableFuture<BackendCommand.Result> backend = new CompletableFuture<>();

    @BeforeEach
    void addCommands() {
        BackendCommand sim = new BackendCommand() {
            @Override
            public String name() {
                return "sim";
            }

            @Override
            public String usage() {
                return "<command>";
            }

            @Override
            public CompletionStage<Result> run(List<String> arguments) {
                return backend;
            }
        };
        engine.addControl(new Control(List.of(
                new Check(engine),
                new Log(file),
                new LogFile(file),
                new MemReport(engine, file, () -> "heap: 1 byte\n"),
                new Print(file),
                Quota.hard(engine.domains()),
                Quota.soft(engine.domains()),
                new FromBackend(sim, later::add, engine.trace()))));
    }

    private String control(String... words) {
        return ask("CONTROL", words);
    }

    private String ask(String type, String... words) {
        return ask(dom0, type, words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "",
                "check x",
                "log a b",
                "log maybe",
                "log +",
                "log +nonsense",
                "log io",
                "logfile",
                "logfile a b",
                "memreport a b",
                "print",
                "print a b",
                "quota set",
                "quota set nodes",
                "quota set nodes 0",
                "quota set nodes x",
                "quota set nonsense 1",
                "quota set soft-memory 1",
                "quota set nodes 1 2",
                "quota max x",
                "quota max -r x",
                "quota 0 1",
                "quota-soft x",
                "quota-soft set nodes 1",
                "quota-soft set memory 0",
                "quota-soft max",
                "help x"
            })
    @DisplayName("P-CTL-1: unknown commands and wrong arguments are EINVAL")
    void wrongCommandsAreEinval(String words) {
        assertThat(control(words.split(" ", -1))).isEqualTo("EINVAL");
    }

    @Test
    @DisplayName("P-CTL-15: help lists each command with its arguments, names padded to 15")
    void help() {
        assertThat(control("help").lines())
                .contains("check           <no args>", "logfile         <file>", "help            <no args>")
                .contains("sim             <command>")
                .hasSize(9);
    }

    @Test
    @DisplayName("P-CTL-2, S-CHECK-1: check counts again, says what was wrong, and sets it right")
    void check() {
        guest(3);
        var gauge = Objects.requireNonNull(engine.domains().get(3)).gauge(QuotaName.NODES);
        gauge.add(41);
        assertThat(control("check")).isEqualTo("OK");
        assertThat(gauge.value()).isEqualTo(1);
        assertThat(warnings()).singleElement().asString().contains("domain 3", "nodes", "42");
    }

    @Test
    @DisplayName("P-CTL-3: log lists the switches, names padded to 8")
    void logLists() {
        assertThat(control("log").lines()).containsExactly("Trace switches:", "obj     : on", "tdb     : off");
    }

    @Test
    @DisplayName("P-CTL-4, P-CTL-5, P-CTL-6, P-CTL-8: log, logfile and print do what they say")
    void logAndPrint() {
        for (List<String> words : List.of(
                List.of("log", "on"),
                List.of("log", "off"),
                List.of("log", "+tdb"),
                List.of("log", "-obj"),
                List.of("logfile", "other"),
                List.of("print", "a text"))) {
            assertThat(control(words.toArray(String[]::new))).isEqualTo("OK");
        }
        assertThat(file.deeds).containsExactly("open", "close", "tdb true", "obj false", "use other", "print a text");
    }

    @Test
    @DisplayName("P-CTL-7: memreport goes where it is told, and is EINVAL if that cannot be")
    void memreport() {
        guest(3);
        assertThat(control("memreport", "file")).isEqualTo("OK");
        assertThat(control("memreport")).isEqualTo("OK");
        assertThat(file.deeds).hasSize(2).first().asString().startsWith("append file memory report");
        assertThat(file.deeds.getFirst())
                .contains("heap: 1 byte", "connection 0x1 socket", "domain 3: 1 nodes", "open transactions: 0");
        file.broken = true;
        assertThat(control("memreport", "file")).isEqualTo("EINVAL");
    }

    @Test
    @DisplayName("P-CTL-9: quota lists the hard quotas")
    void quotaLists() {
        assertThat(control("quota").lines())
                .startsWith("Quota settings:", "nodes            :     1000 nodes a domain may own")
                .contains("memory           :  2621440 bytes of store memory (hard)")
                .hasSize(10);
    }

    @Test
    @DisplayName("P-CTL-10, P-GQ-4: quota set changes the global value")
    void quotaSets() {
        assertThat(control("quota", "set", "nodes", "77")).isEqualTo("OK");
        assertThat(control("quota", "set", "permissions", "9")).isEqualTo("OK");
        assertThat(engine.domains().globalQuotas().get(QuotaName.NODES)).isEqualTo(77);
        assertThat(engine.domains().globalQuotas().get(QuotaName.NODE_PERMISSIONS))
                .isEqualTo(9);
    }

    @Test
    @DisplayName("P-CTL-11: quota of a domain shows what it uses and the most it ever used")
    void quotaOfADomain() {
        guest(3);
        ask("WRITE", "/local/domain/3/a", "");
        ask("SET_PERMS", "/local/domain/3/a", "n3");
        ask("RM", "/local/domain/3/a");
        assertThat(control("quota", "3").lines())
                .startsWith("Domain 3:", "nodes            :        1 (max        2)")
                .hasSize(10);
        assertThat(control("quota", "9")).isEqualTo("ENOENT");
        assertThat(control("quota", "nonsense")).startsWith("Domain 0:");
    }

    @Test
    @DisplayName("P-CTL-12: quota max shows the most any unprivileged domain used, -r begins anew")
    void quotaMaxima() {
        guest(3);
        assertThat(control("quota", "max").lines()).startsWith("Max. seen values:", "nodes            :        1");
        assertThat(control("quota", "max", "-r").lines()).contains("nodes            :        0");
        assertThat(control("quota", "max").lines()).contains("nodes            :        0");
    }

    @Test
    @DisplayName("P-CTL-13: quota-soft knows memory only")
    void softQuotas() {
        assertThat(control("quota-soft").lines())
                .containsExactly("Quota settings:", "memory           :  2097152 bytes of store memory (soft)");
        assertThat(control("quota-soft", "set", "memory", "5")).isEqualTo("OK");
        assertThat(engine.domains().globalQuotas().get(QuotaName.SOFT_MEMORY)).isEqualTo(5);
    }

    @Test
    void aBackendsCommandAnswersWhenItIsDone() {
        assertThat(control("sim", "list")).isEqualTo("no reply");
        backend.complete(new BackendCommand.Result.Text("two domains\n"));
        assertThat(later).as("on the engine's thread").hasSize(1);
        later.removeFirst().run();
        assertThat(replies()).containsExactly("CONTROL two domains");
    }

    @Test
    void aBackendsRefusalIsAnError() {
        control("sim", "list");
        backend.complete(new BackendCommand.Result.Failed(Errno.EBUSY, "in use"));
        later.removeFirst().run();
        assertThat(replies()).containsExactly("ERROR EBUSY");
        assertThat(warnings()).containsExactly("CONTROL sim answers EBUSY: in use");
    }

    @Test
    void aBackendsDefectIsAnEio() {
        control("sim", "list");
        backend.completeExceptionally(new IllegalStateException("defect"));
        later.removeFirst().run();
        assertThat(replies()).containsExactly("ERROR EIO");
        assertThat(takeDefects()).singleElement().asString().contains("CONTROL sim");
    }

    private static final class FakeTraceControl implements TraceControl {
        private final List<String> deeds = new ArrayList<>();
        private boolean broken;

        @Override
        public List<Switch> switches() {
            return List.of(new Switch("obj", true), new Switch("tdb", false));
        }

        @Override
        public boolean set(String name, boolean on) {
            boolean known = switches().stream().anyMatch(each -> each.name().equals(name));
            if (known) {
                deeds.add(name + " " + on);
            }
            return known;
        }

        @Override
        public void open() {
            deeds.add("open");
        }

        @Override
        public void close() {
            deeds.add("close");
        }

        @Override
        public boolean use(String other) {
            deeds.add("use " + other);
            return !broken;
        }

        @Override
        public boolean append(String name, String text) {
            deeds.add("append " + name + " " + text);
            return !broken;
        }

        @Override
        public void print(String text) {
            deeds.add("print " + text);
        }
    }
}
