package org.jxenstored.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.daemon.CommandLineParser.Parsed;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.domain.Quotas;
import org.jxenstored.listener.ListenAddress;
import org.jxenstored.listener.LocalUsers;
import org.jxenstored.listener.TlsFiles;

class CommandLineTest {
    private static final Surroundings ROOT = new Surroundings(Map.of(), 0, Path.of("/tmp"), Path.of("/here"));

    private static Parsed parse(String... arguments) {
        return CommandLineParser.parse(List.of(arguments), ROOT);
    }

    private static DaemonConfig config(String... arguments) {
        return run(arguments).config();
    }

    private static Parsed.Run run(String... arguments) {
        return assertThat(parse(arguments)).asInstanceOf(type(Parsed.Run.class)).actual();
    }

    private static String refusal(String... arguments) {
        return assertThat(parse(arguments))
                .asInstanceOf(type(Parsed.Refused.class))
                .actual()
                .message();
    }

    @Test
    @DisplayName("semantics 14.1: without options everything has its default")
    void defaults() {
        assertThat(config())
                .isEqualTo(new DaemonConfig(
                        new HypervisorChoice("sim", Map.of()),
                        new Directories(Path.of("/var/run/xenstored"), Path.of("/var/lib/xen/xenstore"), true),
                        Optional.of(new JournalConfig(Path.of("/var/run/xenstored/state"), false, false)),
                        List.of(new ListenAddress.Unix(Path.of("/var/run/xenstored/socket"), OptionalInt.empty())),
                        1024,
                        Optional.empty(),
                        Optional.empty(),
                        Set.of("obj", "io"),
                        Quotas.DEFAULTS,
                        20,
                        false,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        false,
                        false,
                        LogLevel.INFO));
    }

    @Test
    @DisplayName("semantics 14.1: every option reaches its property")
    void everyPropertySet() {
        DaemonConfig config = config(
                "--hypervisor",
                "xen,device=/dev/xen,mode=fast",
                "--listen",
                "unix:guests/seven,domid=7",
                "--listen",
                "tcp:127.0.0.1:4000",
                "--listen",
                "tcp:192.0.2.1:4001,domid=0,tls-cert=c.pem,tls-key=/k.pem,tls-ca=ca.pem",
                "--connections",
                "15",
                "--pid-file",
                "x.pid",
                "--trace-file",
                "x.log",
                "--trace-control",
                "+wrl",
                "--trace-control",
                "-obj",
                "--entry-nb",
                "1",
                "--entry-size",
                "2",
                "--watch-nb",
                "3",
                "--transaction",
                "4",
                "--perm-nb",
                "5",
                "--path-max",
                "6",
                "--quota",
                "outstanding=7",
                "--quota",
                "memory=8",
                "--quota",
                "transaction-nodes=9",
                "--quota-soft",
                "memory=10",
                "--timeout",
                "watch-event=11",
                "--keep-orphans",
                "--master-domid",
                "12",
                "--priv-domid",
                "13",
                "--event",
                "14",
                "--live-update",
                "--state",
                "kept",
                "--journal-sync",
                "--recover=prefix",
                "--daemonize",
                "--log-level",
                "debug");

        assertThat(config)
                .isEqualTo(new DaemonConfig(
                        new HypervisorChoice("xen", Map.of("device", "/dev/xen", "mode", "fast")),
                        new Directories(Path.of("/var/run/xenstored"), Path.of("/var/lib/xen/xenstore"), true),
                        Optional.of(new JournalConfig(Path.of("/here/kept"), true, true)),
                        List.of(
                                new ListenAddress.Unix(Path.of("/var/run/xenstored/socket"), OptionalInt.empty()),
                                new ListenAddress.Unix(
                                        Path.of("/here/guests/seven"),
                                        OptionalInt.of(7),
                                        new LocalUsers(Set.of(), "--listen unix:guests/seven,domid=7,user=")),
                                new ListenAddress.Tcp(
                                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 4000),
                                        OptionalInt.empty(),
                                        Optional.empty()),
                                new ListenAddress.Tcp(
                                        new InetSocketAddress("192.0.2.1", 4001),
                                        OptionalInt.of(0),
                                        Optional.of(new TlsFiles(
                                                Path.of("/here/c.pem"), Path.of("/k.pem"), Path.of("/here/ca.pem"))))),
                        15,
                        Optional.of(Path.of("/here/x.pid")),
                        Optional.of(Path.of("/var/lib/xen/xenstore/x.log")),
                        Set.of("io", "wrl"),
                        Quotas.DEFAULTS.with(Map.of(
                                QuotaName.NODES, 1L,
                                QuotaName.NODE_SIZE, 2L,
                                QuotaName.WATCHES, 3L,
                                QuotaName.TRANSACTIONS, 4L,
                                QuotaName.NODE_PERMISSIONS, 5L,
                                QuotaName.PATH_MAX, 6L,
                                QuotaName.OUTSTANDING, 7L,
                                QuotaName.MEMORY, 8L,
                                QuotaName.TRANSACTION_NODES, 9L,
                                QuotaName.SOFT_MEMORY, 10L)),
                        11,
                        true,
                        OptionalInt.of(12),
                        OptionalInt.of(13),
                        OptionalInt.of(14),
                        true,
                        true,
                        LogLevel.DEBUG));
    }

    @Test
    void shortOptionsMeanTheSameAsLongOnes() {
        assertThat(config(
                        "-N",
                        "-F",
                        "p",
                        "-T/t",
                        "-E1",
                        "-S",
                        "2",
                        "-W",
                        "3",
                        "-t",
                        "4",
                        "-A",
                        "5",
                        "-M",
                        "6",
                        "-Q",
                        "memory=7",
                        "-q",
                        "memory=8",
                        "-w",
                        "watch-event=9",
                        "-KU"))
                .isEqualTo(config(
                        "--no-fork",
                        "--pid-file",
                        "p",
                        "--trace-file",
                        "/t",
                        "--entry-nb",
                        "1",
                        "--entry-size",
                        "2",
                        "--watch-nb",
                        "3",
                        "--transaction",
                        "4",
                        "--perm-nb",
                        "5",
                        "--path-max",
                        "6",
                        "--quota",
                        "memory=7",
                        "--quota-soft",
                        "memory=8",
                        "--timeout",
                        "watch-event=9",
                        "--keep-orphans",
                        "--live-update"));
    }

    @Test
    void aLongOptionMayBeShortenedAndTakesItsValueWithAnEqualsSign() {
        assertThat(config("--pid=p").pidFile()).contains(Path.of("/here/p"));
    }

    @Test
    void theLastSettingOfAQuotaCounts() {
        assertThat(config("-Q", "nodes=5", "-E", "6").quotas().get(QuotaName.NODES))
                .isEqualTo(6);
        assertThat(config("-E", "6", "-Q", "nodes=5").quotas().get(QuotaName.NODES))
                .isEqualTo(5);
        assertThat(config("-E", "6", "-E", "7").quotas().get(QuotaName.NODES)).isEqualTo(7);
    }

    @Test
    @DisplayName("semantics 14.1: path-max is capped at 2048")
    void aLongerPathMaxIsCapped() {
        assertThat(config("--path-max", "4096").quotas().get(QuotaName.PATH_MAX))
                .isEqualTo(2048);
    }

    @ParameterizedTest
    @DisplayName("S-OPT-1: a bad value is refused with the option, the value and what would be right")
    @CsvSource(
            delimiter = '|',
            value = {
                "--entry-nb|x|--entry-nb x: \"x\" is not a whole number from 0 to 2147483647",
                "--watch-nb|-1|--watch-nb -1: \"-1\" is not a whole number from 0 to 2147483647",
                "--transaction|99999999999|--transaction 99999999999: \"99999999999\" is not a whole number",
                "--path-max|1k|--path-max 1k: \"1k\" is not",
                "--quota|nodes=|--quota nodes=: \"\" is not",
                "--quota|nodes|--quota nodes: give NAME=N",
                "--quota|foo=1|--quota foo=1: give NAME=N, such as nodes=2000; NAME is one of nodes, watches,",
                "--quota|soft-memory=1|--quota soft-memory=1: give NAME=N",
                "--quota-soft|nodes=1|--quota-soft nodes=1: give memory=N",
                "--quota-soft|memory=x|--quota-soft memory=x: \"x\" is not",
                "--timeout|5|--timeout 5: give watch-event=N",
                "--priv-domid|32752|--priv-domid 32752: \"32752\" is not a domid from 0 to 32751",
                "--master-domid|dom0|--master-domid dom0: \"dom0\" is not a domid",
                "--event|x|--event x: \"x\" is not",
                "--trace-control|io|--trace-control io: no such switch; give + or -",
                "--trace-control|+nothing|--trace-control +nothing: no such switch",
                "--log-level|loud|--log-level loud: no such level; give error, warning, info or debug",
                "--hypervisor|,a=b|--hypervisor ,a=b: no name",
                "--hypervisor|sim,fast|--hypervisor sim,fast: \"fast\" is not of the form key=value",
                "--listen|/run/x|--listen /run/x: give unix:PATH or tcp:HOST:PORT",
                "--listen|unix:/x,mode=5|--listen unix:/x,mode=5: \"mode=5\" is not one of its settings",
                "--listen|unix:/x,domid=no|--listen unix:/x,domid=no: \"no\" is not a domid",
                "--listen|unix:/x,user=no-such-user|--listen unix:/x,user=no-such-user: this machine knows no such user",
                "--allow-user|no-such-user|--allow-user no-such-user: this machine knows no such user",
                "--allow-user|4294967295|--allow-user 4294967295: this machine knows no such user",
                "--listen|tcp:127.0.0.1:1,tls-clients=f|--listen tcp:127.0.0.1:1,tls-clients=f: TLS needs tls-cert=",
                "--listen|tcp:[::1]:1,domid=1,tls-cert=a,tls-key=a,tls-ca=a,tls-clients=a|--listen tcp:[::1]:1,domid=1,tls-cert=a,tls-key=a,tls-ca=a,tls-clients=a: tls-clients= says for each",
                "--listen|tcp:localhost|--listen tcp:localhost: give tcp:HOST:PORT",
                "--listen|tcp:127.0.0.1:65536|--listen tcp:127.0.0.1:65536: give tcp:HOST:PORT",
                "--listen|tcp:127.0.0.1:1,tls-cert=c|--listen tcp:127.0.0.1:1,tls-cert=c: TLS needs tls-cert=",
            })
    void aBadValueIsRefused(String option, String value, String message) {
        assertThat(refusal(option, value)).startsWith(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp:0.0.0.0:1", "tcp:192.0.2.7:1", "tcp:[::]:1", "tcp:[2001:db8::1]:1"})
    void anAddressThatOtherMachinesReachIsRefusedWithoutTls(String address) {
        assertThat(refusal("--listen", address)).contains("other machines can reach this address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp:127.0.0.1:1", "tcp:[::1]:1", "tcp:localhost:1"})
    void aLoopbackAddressNeedsNoTls(String address) {
        assertThat(config("--listen", address).listen()).hasSize(2);
    }

    @Test
    void usersAreNamedForEachSocket() {
        List<ListenAddress> listen = config(
                        "--allow-user", "1000", "--allow-user", "root", "--listen", "unix:/x,user=4294967294,user=5")
                .listen();

        assertThat(listen)
                .containsExactly(
                        new ListenAddress.Unix(
                                Path.of("/var/run/xenstored/socket"),
                                OptionalInt.empty(),
                                new LocalUsers(Set.of(0, 1000), "--allow-user ")),
                        new ListenAddress.Unix(
                                Path.of("/x"),
                                OptionalInt.empty(),
                                new LocalUsers(Set.of(-2, 5), "--listen unix:/x,user=4294967294,user=5,user=")));
    }

    @Test
    void aListOfClientsTakesThePlaceOfADomid() {
        assertThat(config("--listen", "tcp:192.0.2.7:1,tls-cert=a,tls-key=b,tls-ca=c,tls-clients=d")
                        .listen()
                        .getLast())
                .isInstanceOfSatisfying(
                        ListenAddress.Tcp.class,
                        tcp -> assertThat(tcp.tls().flatMap(TlsFiles::clients)).contains(Path.of("/here/d")));
    }

    @ParameterizedTest
    @CsvSource({
        "--keep-orphans,false",
        "--allow-user=1000,true",
        "'--listen=unix:/x,domid=7,user=1000',false",
        "'--listen=unix:/x,user=1000',true",
        "'--listen=unix:/x,domid=0,user=1000',true",
        "--listen=unix:/x,false",
        "--listen=tcp:127.0.0.1:0,true",
        "'--listen=tcp:127.0.0.1:0,domid=7',false",
        "'--listen=tcp:127.0.0.1:0,tls-cert=a,tls-key=a,tls-ca=a,tls-clients=a',true",
    })
    void itIsKnownWhetherOthersMayBeTheControlDomain(String option, boolean others) {
        assertThat(config(option).letsOthersBe(new SpecialDomains(0, 0))).isEqualTo(others);
    }

    @Test
    void aWordThatCanMeanTwoOptionsIsRefusedWithBoth() {
        assertThat(refusal("--entry", "5")).contains("--entry-nb").contains("--entry-size");
    }

    @ParameterizedTest
    @DisplayName("S-RUN-11, S-OPT-2: what the launch scripts of upstream and Debian give is accepted")
    @ValueSource(
            strings = {
                "--pid-file /run/xen/xenstored.pid",
                "--pid-file=/run/xen/xenstored.pid",
                "--pid-file /run/xen/xenstored.pid --",
                "--pid-file /run/xen/xenstored.pid --hypervisor sim -T /var/log/xen/xenstored-trace.log",
                "--daemonize --pid-file /run/xen/xenstored.pid",
            })
    void whatLaunchScriptsGiveIsAccepted(String commandLine) {
        Parsed.Run run = run(commandLine.split(" ", -1));

        assertThat(run.notes()).isEmpty();
        assertThat(run.config().pidFile()).contains(Path.of("/run/xen/xenstored.pid"));
    }

    @Test
    void anOptionWithoutItsValueIsRefused() {
        assertThat(refusal("--pid-file")).contains("--pid-file").contains("see xenstored --help");
    }

    @Test
    void backgroundAndForegroundAtOnceAreRefused() {
        assertThat(refusal("--daemonize", "-N")).contains("exclude each other");
    }

    @Test
    @DisplayName("S-OPT-1: an argument that is no option is refused")
    void anArgumentThatIsNoOptionIsRefused() {
        assertThat(refusal("nonsense")).startsWith("\"nonsense\" is not an option");
        assertThat(refusal("--unknown", "value")).startsWith("\"value\" is not an option");
        assertThat(refusal("--", "x")).startsWith("\"x\" is not an option");
    }

    @Test
    @DisplayName("S-OPT-1: an unknown option is named and ignored")
    void anUnknownOptionIsNamedAndIgnored() {
        Parsed.Run run = run("--nonsense", "-X", "-E", "5");

        assertThat(run.notes())
                .containsExactly(
                        "there is no option --nonsense; it is ignored", "there is no option -X; it is ignored");
        assertThat(run.config()).isEqualTo(config("-E", "5"));
    }

    @Test
    @DisplayName("S-OPT-2: options of older daemons are accepted with a note")
    void optionsOfOlderDaemonsAreAcceptedWithANote() {
        Parsed.Run run = run("-D", "-P", "-R", "-I", "off", "-V");

        assertThat(run.notes()).hasSize(5).allSatisfy(note -> assertThat(note).contains("has no effect"));
        assertThat(run.config()).isEqualTo(config());
        assertThat(run("-I").notes()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-H", "-h", "--help"})
    void theHelpShowsEveryOption(String option) {
        assertThat(parse(option, "--quota", "nonsense"))
                .asInstanceOf(type(Parsed.Help.class))
                .extracting(Parsed.Help::text)
                .asString()
                .contains(new picocli.CommandLine(new Options())
                        .getCommandSpec().optionsMap().keySet().stream()
                                .filter(name -> !name.equals("-h"))
                                .toList())
                .contains("memory", "(2621440)", "XENSTORED_RUNDIR");
    }

    @Test
    void noLineOfTheHelpIsWiderThanATerminal() {
        assertThat(((Parsed.Help) parse("--help")).text().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    @DisplayName("a journal is kept unless it is switched off, and then nothing can be said about it")
    void journalOptions() {
        assertThat(config("--no-journal").journal()).isEmpty();
        assertThat(refusal("--no-journal", "--journal-sync")).contains("--no-journal leaves nothing to do");
        assertThat(refusal("--recover", "all")).contains("--recover=prefix");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-F", "-T", "--listen"})
    @DisplayName("S-OPT-1: a text that can be no file name is refused in words")
    void aTextThatIsNoFileNameIsRefused(String option) {
        assertThat(refusal(option, option.equals("--listen") ? "unix:a\0b" : "a\0b"))
                .contains("no file name");
    }
}
