package org.jxenstored.daemon;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.jxenstored.domain.QuotaName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What stood on the command line, unchecked: texts for {@link DaemonConfigReader} (semantics.md 14.1). */
@Command(name = "xenstored", sortOptions = false)
final class Options {
    @Option(
            names = "--hypervisor",
            paramLabel = "NAME[,KEY=VALUE...]",
            description = {
                "the hypervisor backend and its settings",
                "(default: " + HypervisorChoice.DEFAULT_NAME + ", a simulated one;",
                "sim,machine=DIR is one that xensim runs and that outlives the daemon);",
                "a setting it does not know is answered with those it does"
            })
    @Nullable
    String hypervisor;

    @Option(
            names = "--priv-domid",
            paramLabel = "DOMID",
            description = "the privileged domain (default: the control domain)")
    @Nullable
    String privDomid;

    @Option(
            names = "--master-domid",
            paramLabel = "DOMID",
            description = "the domain xenstored runs in, if the hypervisor does not tell")
    @Nullable
    String masterDomid;

    @Option(
            names = "--event",
            paramLabel = "PORT",
            description = "dom0's event channel port, for a xenstored in a domain of its own")
    @Nullable
    String event;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            description = {
                "one more address; may be given several times:",
                "unix:PATH[,domid=N][,user=USER...]",
                "tcp:HOST:PORT[,domid=N][,tls-cert=F,tls-key=F,tls-ca=F]",
                "user= lets one more user in (name or uid);",
                "TCP beyond this machine needs all three tls files (PEM);",
                "clients then need a certificate that tls-ca signed;",
                "tls-clients=F instead of domid= says which one is whom"
            })
    List<String> listen = new ArrayList<>();

    @Option(
            names = "--state",
            paramLabel = "DIRECTORY",
            description = {
                "where the store is kept for when the daemon ends, however it does",
                "(default: state in the run directory)"
            })
    @Nullable
    String state;

    @Option(names = "--no-journal", description = "keep nothing: the store is gone with the daemon")
    boolean noJournal;

    @Option(names = "--journal-sync", description = "outlive a loss of power too, if the directory is on a disk; slow")
    boolean journalSync;

    @Option(
            names = "--recover",
            paramLabel = "prefix",
            description = "if the journal is damaged, go on with what stands before that")
    @Nullable
    String recover;

    @Option(
            names = "--allow-user",
            paramLabel = "USER",
            description = {
                "one more user (name or uid) who may connect to the",
                "standard socket, beside root and the daemon's own;",
                "whoever may rules all domains; may be given several times"
            })
    List<String> allowUser = new ArrayList<>();

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = {
                "how many connections one client may have (default: 1024, 0: any number):",
                "a user, a certificate, or a machine by TCP; root may have any number"
            })
    @Nullable
    String connections;

    @Option(
            names = {"-N", "--no-fork"},
            description = "stay in the foreground (the default)")
    boolean noFork;

    @Option(names = "--daemonize", description = "go to the background; returns when clients can connect")
    boolean daemonize;

    @Option(
            names = {"-F", "--pid-file"},
            paramLabel = "FILE",
            description = "write the process id to FILE and hold a lock on it")
    @Nullable
    String pidFile;

    @Option(
            names = {"-U", "--live-update"},
            description = "start from the state another xenstored left")
    boolean liveUpdate;

    @Option(
            names = {"-K", "--keep-orphans"},
            description = "keep a dead domain's nodes for the privileged domain (a security risk)")
    boolean keepOrphans;

    @Option(
            names = {"-w", "--timeout"},
            paramLabel = "watch-event=SECONDS",
            description = {"how long a watch event waits for a guest to take it", "(default: 20, 0: for ever)"})
    @Nullable
    String timeout;

    @Option(
            names = {"-q", "--quota-soft"},
            paramLabel = "memory=N",
            description = "only warn above N bytes for a domain (default: 2097152)")
    @Nullable
    String softQuota;

    @Option(
            names = {"-T", "--trace-file"},
            paramLabel = "FILE",
            description = "trace requests to FILE; SIGHUP opens it anew")
    @Nullable
    String traceFile;

    @Option(
            names = "--trace-control",
            paramLabel = "+|-SWITCH",
            description = {
                "trace more or less: obj, io, wrl, acc or tdb",
                "(default: +obj +io); may be given several times"
            })
    List<String> traceControl = new ArrayList<>();

    @Option(names = "--log-level", paramLabel = "LEVEL", description = "error, warning, info (the default) or debug")
    @Nullable
    String logLevel;

    @Option(
            names = {"-H", "-h", "--help"},
            description = "show this text",
            usageHelp = true)
    boolean help;

    @Option(names = {"-D", "--no-domain-init"})
    boolean noDomainInit;

    @Option(names = {"-P", "--output-pid"})
    boolean outputPid;

    @Option(names = {"-R", "--no-recovery"})
    boolean noRecovery;

    @Option(
            names = {"-I", "--internal-db"},
            paramLabel = "on|off",
            arity = "0..1",
            fallbackValue = "on")
    @Nullable
    String internalDb;

    @Option(names = {"-V", "--verbose"})
    boolean verbose;

    /** Quotas as set, each with the option that set it; the last setting of a quota counts. */
    final Map<QuotaName, QuotaText> quotas = new LinkedHashMap<>();

    /** Settings of {@code --quota}, in order. */
    final List<String> badQuotas = new ArrayList<>();

    /**
     * A number that was given for a quota.
     *
     * @param option as the user wrote it
     * @param number unchecked
     */
    record QuotaText(String option, String number) {}

    @Option(
            names = {"-Q", "--quota"},
            paramLabel = "NAME=N",
            description = {"limit what a guest may use (0: no limit); NAME is one of", "@QUOTAS@"})
    void setQuota(List<String> all) {
        if (all.isEmpty()) {
            return;
        }
        String text = all.getLast();
        int equals = text.indexOf('=');
        QuotaName.ofWireName(equals < 0 ? text : text.substring(0, equals))
                .filter(name -> equals > 0 && name.isHard())
                .ifPresentOrElse(
                        name -> quotas.put(name, new QuotaText("--quota " + text, text.substring(equals + 1))),
                        () -> badQuotas.add(text));
    }

    @Option(
            names = {"-E", "--entry-nb"},
            paramLabel = "N",
            description = "same as --quota nodes=N")
    void setNodes(String number) {
        quotas.put(QuotaName.NODES, new QuotaText("--entry-nb " + number, number));
    }

    @Option(
            names = {"-S", "--entry-size"},
            paramLabel = "N",
            description = "same as --quota node-size=N")
    void setNodeSize(String number) {
        quotas.put(QuotaName.NODE_SIZE, new QuotaText("--entry-size " + number, number));
    }

    @Option(
            names = {"-W", "--watch-nb"},
            paramLabel = "N",
            description = "same as --quota watches=N")
    void setWatches(String number) {
        quotas.put(QuotaName.WATCHES, new QuotaText("--watch-nb " + number, number));
    }

    @Option(
            names = {"-t", "--transaction"},
            paramLabel = "N",
            description = "same as --quota transactions=N")
    void setTransactions(String number) {
        quotas.put(QuotaName.TRANSACTIONS, new QuotaText("--transaction " + number, number));
    }

    @Option(
            names = {"-A", "--perm-nb"},
            paramLabel = "N",
            description = "same as --quota node-permissions=N")
    void setNodePermissions(String number) {
        quotas.put(QuotaName.NODE_PERMISSIONS, new QuotaText("--perm-nb " + number, number));
    }

    @Option(
            names = {"-M", "--path-max"},
            paramLabel = "N",
            description = "same as --quota path-max=N; at most 2048")
    void setPathMax(String number) {
        quotas.put(QuotaName.PATH_MAX, new QuotaText("--path-max " + number, number));
    }
}
