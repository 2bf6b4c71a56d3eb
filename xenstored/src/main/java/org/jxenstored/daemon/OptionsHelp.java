package org.jxenstored.daemon;

import java.util.List;
import java.util.stream.Collectors;
import org.jxenstored.domain.QuotaName;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.OptionSpec;

/** The text of {@code --help}: the options in groups, with what they do. */
final class OptionsHelp {
    private static final int WIDTH = 100;
    private static final int OPTION_WIDTH = 38;

    private static final List<Group> GROUPS = List.of(
            new Group("Hypervisor and domains", "--hypervisor", "--priv-domid", "--master-domid", "--event"),
            new Group("Connections", "--listen", "--allow-user"),
            new Group("When the daemon ends", "--state", "--no-journal", "--journal-sync", "--recover"),
            new Group("Process", "--no-fork", "--daemonize", "--pid-file", "--live-update"),
            new Group(
                    "Limits",
                    "--connections",
                    "--quota",
                    "--entry-nb",
                    "--entry-size",
                    "--watch-nb",
                    "--transaction",
                    "--perm-nb",
                    "--path-max",
                    "--quota-soft",
                    "--timeout",
                    "--keep-orphans"),
            new Group("Messages", "--log-level", "--trace-file", "--trace-control", "--help"),
            new Group(
                    "Accepted without effect, for old scripts",
                    "--no-domain-init",
                    "--output-pid",
                    "--no-recovery",
                    "--internal-db",
                    "--verbose"));

    private static final String INTRODUCTION = """
            Usage: xenstored [OPTION]...

            Serves the store of a Xen host to its domains and to local programs, until SIGTERM or Ctrl-C.
            """;

    private static final String ENVIRONMENT = """

            Environment:
              XENSTORED_PATH      the socket (default: socket in the run directory)
              XENSTORED_RUNDIR    the run directory (default: /var/run/xenstored for root, otherwise
                                  $XDG_RUNTIME_DIR/xenstored or <temporary directory>/xenstored-<uid>)
            """;

    private OptionsHelp() {}

    private record Group(String title, List<String> options) {
        Group(String title, String... options) {
            this(title, List.of(options));
        }
    }

    static String text(CommandLine commandLine) {
        StringBuilder text = new StringBuilder(INTRODUCTION);
        for (Group group : GROUPS) {
            TextTable table = TextTable.forColumns(
                    Help.defaultColorScheme(Help.Ansi.OFF),
                    new Column(OPTION_WIDTH, 2, Column.Overflow.SPAN),
                    new Column(WIDTH - OPTION_WIDTH, 1, Column.Overflow.WRAP));
            for (String name : group.options()) {
                addOption(table, commandLine.getCommandSpec().findOption(name));
            }
            text.append('\n').append(group.title()).append(":\n").append(table);
        }
        text.append(ENVIRONMENT).append("\nExit codes:\n");
        for (ExitCode code : ExitCode.values()) {
            text.append("  ")
                    .append(code.number())
                    .append("    ")
                    .append(code.meaning())
                    .append('\n');
        }
        return text.toString();
    }

    private static void addOption(TextTable table, OptionSpec option) {
        String names = String.join(", ", option.names()).replace("-H, -h, ", "-H, ");
        String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        String left = option.names().length == 1 ? "    " + names + label : names + label;
        String[] description = option.description();
        table.addRowValues(left, description.length == 0 ? "" : filled(description[0]));
        for (int i = 1; i < description.length; i++) {
            table.addRowValues("", filled(description[i]));
        }
    }

    private static String filled(String line) {
        return line.replace(
                "@QUOTAS@",
                QuotaName.all().stream()
                        .filter(QuotaName::isHard)
                        .map(quota -> quota.wireName() + " (" + quota.defaultValue() + ")")
                        .collect(Collectors.joining(", ")));
    }
}
