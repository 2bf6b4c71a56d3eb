package org.jxenstored.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.engine.ConsistencyCheck;
import org.jxenstored.engine.EngineWorld;
import org.jxenstored.hypervisor.BackendCommand;
import org.jxenstored.testing.Fuzz;
import org.jxenstored.trace.Tracer;

/** Any words for every command of CONTROL, with a real trace file: one answer each, and the engine goes on. */
class ControlFuzzTest {
    private static final List<String> COMMANDS =
            List.of("check", "log", "logfile", "memreport", "print", "quota", "quota-soft", "sim", "help");
    private static final List<String> WORDS = List.of(
            "on",
            "off",
            "+obj",
            "-tdb",
            "+wrl",
            "+",
            "set",
            "max",
            "-r",
            "nodes",
            "memory",
            "soft-memory",
            "path-max",
            "permissions",
            "0",
            "1",
            "7",
            "2048",
            "2147483647",
            "2147483648",
            "0000000000000000000000001",
            "",
            "file");

    /** No slash: whoever may say CONTROL may name any file, and the test stays in its directory. */
    private static final String LETTERS = "abt019+-=. %{}$\\\n\u00ff\u0001\u001b\t";

    private static final Pattern NUMBER = Pattern.compile("0*[1-9][0-9]{0,9}");

    @Test
    @DisplayName("P-CTL-1: whatever the words are, there is one answer, and nothing breaks")
    void everyCommandAnswersEverything(@TempDir Path directory) {
        Fuzz.seeds(20, fuzz -> {
            World world = new World(fuzz, directory);
            for (int i = 0; i < 300; i++) {
                world.ask();
            }
            world.end();
        });
    }

    private static final class World extends EngineWorld {
        private final Fuzz fuzz;
        private final Tracer tracer;
        private final List<Runnable> later = new ArrayList<>();

        World(Fuzz fuzz, Path directory) {
            this.fuzz = fuzz;
            tracer = new Tracer(Optional.of(directory.resolve("trace")), Set.of("io", "acc"), directory);
            engine.addControl(new Control(List.of(
                    new Check(engine),
                    new Log(tracer),
                    new LogFile(tracer),
                    new MemReport(engine, tracer, () -> "heap: 1 byte\n"),
                    new Print(tracer),
                    Quota.hard(engine.domains()),
                    Quota.soft(engine.domains()),
                    new FromBackend(new Echo(), later::add, engine.trace()))));
            guest(7);
        }

        void ask() {
            String[] words = fuzz.oneIn(5) ? nodes() : words();
            long before = engine.domains().globalQuotas().get(QuotaName.NODES);
            String answer = ask(dom0, "CONTROL", words);
            if (!later.isEmpty()) {
                later.removeFirst().run();
                answer = String.join("", replies());
            }
            List<String> asked = List.of(words);
            assertThat(answer).as("answer to %s", asked).isNotIn("no reply", "EIO", "");
            if (asked.size() == 4 && asked.subList(0, 3).equals(List.of("quota", "set", "nodes"))) {
                checkNodes(asked.get(3), answer, before);
            }
            assertThat(takeDefects()).as("%s", asked).isEmpty();
            assertThat(new ConsistencyCheck(engine).findings()).as("%s", asked).isEmpty();
        }

        private String[] words() {
            String[] words = new String[fuzz.upTo(4)];
            for (int i = 0; i < words.length; i++) {
                words[i] = i == 0 && !fuzz.oneIn(8) ? fuzz.oneOf(COMMANDS) : word();
            }
            return words;
        }

        private String[] nodes() {
            return new String[] {"quota", "set", "nodes", fuzz.oneIn(3) ? word() : fuzz.text("0123456789", 12)};
        }

        private String word() {
            return switch (fuzz.upTo(2)) {
                case 0 -> fuzz.text(LETTERS, fuzz.oneIn(10) ? 700 : 12);
                case 1 -> fuzz.damaged(fuzz.oneOf(WORDS)).replace('/', '_').replace('\0', '_');
                default -> fuzz.oneOf(WORDS);
            };
        }

        /** P-CTL-10, read as a regular expression. */
        private void checkNodes(String value, String answer, long before) {
            boolean isNumber = NUMBER.matcher(value).matches() && Long.parseLong(value) <= Integer.MAX_VALUE;
            assertThat(answer).as(value).isEqualTo(isNumber ? "OK" : "EINVAL");
            assertThat(engine.domains().globalQuotas().get(QuotaName.NODES))
                    .isEqualTo(isNumber ? Long.parseLong(value) : before);
        }

        void end() {
            tracer.close();
            assertThat(ask(dom0, "READ", "/tool")).as("life goes on").isEmpty();
        }
    }

    /** Says what it was told. */
    private static final class Echo implements BackendCommand {
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
            return CompletableFuture.completedFuture(new Result.Text("told " + arguments));
        }
    }
}
