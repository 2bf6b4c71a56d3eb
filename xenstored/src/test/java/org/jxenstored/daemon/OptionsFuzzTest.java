package org.jxenstored.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.daemon.CommandLineParser.Parsed;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.testing.Fuzz;

/** Any command line: it is understood, or refused with a sentence; never an exception. */
class OptionsFuzzTest {
    private static final Surroundings ROOT = new Surroundings(Map.of(), 0, Path.of("/tmp"), Path.of("/here"));
    private static final List<String> OPTIONS = List.of(
            "--hypervisor",
            "--listen",
            "--quota",
            "-Q",
            "-E",
            "-M",
            "--quota-soft",
            "--timeout",
            "--pid-file",
            "-T",
            "--trace-control",
            "--log-level",
            "--priv-domid",
            "--master-domid",
            "--event",
            "--daemonize",
            "-N",
            "-I",
            "--no-such-option");

    /** No host but those that stand for an address: names would be asked for in the network. */
    private static final List<String> VALUES = List.of(
            "sim,seed=1,unique-ids=off",
            "xen",
            "unix:guests/seven,domid=7",
            "tcp:127.0.0.1:4000",
            "tcp:[::1]:0,domid=1",
            "tcp:::1:4000",
            "tcp:0.0.0.0:4001,tls-cert=c.pem,tls-key=/k.pem,tls-ca=ca.pem",
            "nodes=12",
            "path-max=2147483647",
            "memory=1000",
            "watch-event=0",
            "+wrl",
            "debug",
            "7",
            "32752",
            "0000000000000000000000012",
            "",
            "/file",
            ",",
            "=");

    private static final String LETTERS = "abtu:,=/[]0159+-. \u00e9\ufffd\0";
    private static final Pattern QUOTA = Pattern.compile("nodes=([0-9]+)");

    private static String value(Fuzz fuzz) {
        String usual = fuzz.oneOf(VALUES);
        return switch (fuzz.upTo(3)) {
            case 0 -> fuzz.text(LETTERS, 12);
            // What is damaged in an address are its settings.
            case 1 -> usual.startsWith("tcp:") ? usual + fuzz.damaged(",domid=9") : fuzz.damaged(usual);
            default -> usual;
        };
    }

    private static List<String> commandLine(Fuzz fuzz) {
        List<String> words = new ArrayList<>();
        for (int left = fuzz.upTo(4); left > 0; left--) {
            String option = fuzz.oneIn(15) ? fuzz.damaged("--listen") : fuzz.oneOf(OPTIONS);
            String value = value(fuzz);
            if (fuzz.oneIn(3)) {
                words.add(option + '=' + value);
            } else {
                words.add(option);
                words.add(value);
            }
        }
        // A word that names a file of options is read from there.
        words.removeIf(word -> word.startsWith("@"));
        return words;
    }

    @Test
    @DisplayName("S-OPT-1: any command line is understood or refused in words")
    void anyCommandLineIsUnderstoodOrRefused() {
        Fuzz.seeds(10, fuzz -> {
            for (int i = 0; i < 30; i++) {
                List<String> words = commandLine(fuzz);
                switch (parsed(words)) {
                    case Parsed.Run(DaemonConfig config, var notes) -> {
                        assertThat(config.listen()).isNotEmpty();
                        assertThat(notes).noneMatch(String::isBlank);
                    }
                    case Parsed.Refused(String message) -> assertThat(message).isNotBlank();
                    case Parsed.Help(String text) -> assertThat(text).isNotBlank();
                }
            }
        });
    }

    private static Parsed parsed(List<String> words) {
        try {
            return CommandLineParser.parse(words, ROOT);
        } catch (RuntimeException e) {
            throw new AssertionError("command line " + words, e);
        }
    }

    @Test
    @DisplayName("S-OPT-1: a quota is taken exactly if it is NAME=N")
    void quotasAreReadAsTheyAreWritten() {
        Fuzz.seeds(10, fuzz -> {
            for (int i = 0; i < 30; i++) {
                String text = fuzz.oneIn(3) ? "nodes=" + fuzz.text("0123x", 12) : fuzz.damaged("nodes=120");
                Matcher matcher = QUOTA.matcher(text);
                Optional<Long> expected = Optional.of(matcher)
                        .filter(Matcher::matches)
                        .map(all -> new BigInteger(all.group(1)))
                        .filter(number -> number.bitLength() < Integer.SIZE)
                        .map(BigInteger::longValue);
                Optional<Long> value =
                        parsed(List.of("--quota", text)) instanceof Parsed.Run(DaemonConfig config, var _)
                                ? Optional.of(config.quotas().get(QuotaName.NODES))
                                : Optional.empty();
                assertThat(value).as("\"%s\"", text).isEqualTo(expected);
            }
        });
    }

    @Test
    void theSettingsOfAHypervisorAreWhatStandsBetweenTheCommas() throws BadOptionException {
        Fuzz.seeds(20, fuzz -> {
            for (int i = 0; i < 100; i++) {
                String text = fuzz.damaged("sim,seed=1,unique-ids=off,=x");
                Optional<HypervisorChoice> choice = hypervisor(text);
                String[] parts = text.split(",", -1);
                boolean wellFormed = !parts[0].isEmpty();
                for (int part = 1; part < parts.length; part++) {
                    wellFormed &= parts[part].indexOf('=') > 0;
                }
                assertThat(choice.isPresent()).as("\"%s\"", text).isEqualTo(wellFormed);
                choice.ifPresent(read -> {
                    assertThat(read.name()).isEqualTo(parts[0]);
                    assertThat(read.settings().entrySet())
                            .allSatisfy(
                                    setting -> assertThat(parts).contains(setting.getKey() + '=' + setting.getValue()));
                });
            }
        });
    }

    private static Optional<HypervisorChoice> hypervisor(String text) {
        try {
            return Optional.of(HypervisorChoice.parse(text));
        } catch (BadOptionException refused) {
            assertThat(refused).hasMessageContaining("--hypervisor");
            return Optional.empty();
        }
    }
}
