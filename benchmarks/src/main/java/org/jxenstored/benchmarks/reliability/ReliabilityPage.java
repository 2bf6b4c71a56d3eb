package org.jxenstored.benchmarks.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes docs/reliability.md of the figures in docs/reliability/. */
public final class ReliabilityPage {
    /** Files in the order of the page, each with what it is about. */
    private static final Map<String, String> CHAPTERS = chapters();

    private static final List<String> HEAD = List.of("title", "command", "date", "machine", "outcome");

    private static final String BEGINNING = """
            # How reliable it is, and how we know

            Made by `benchmarks/reliability` from the last run of each command below; the files of
            [docs/reliability/](reliability/) are what those runs wrote. Each command runs on a fresh checkout, says what it
            found, and ends with 0 only if all was as it should be. What is not searched for by chance stands elsewhere: a
            test for each rule in [conformance.md](conformance.md), for each security advisory in
            [security.md](security.md), and what differs from the daemon in C in [compatibility.md](compatibility.md).
            """;

    private ReliabilityPage() {}

    private static Map<String, String> chapters() {
        Map<String, String> chapters = new LinkedHashMap<>();
        chapters.put("kill-storm", """
                The daemon is killed with SIGKILL while connections and guests on rings write as fast as they can, and
                started again. A write that was answered must be there; one that was not answered may be there once.
                """);
        chapters.put("search", """
                Machines of chance in virtual time: guests, toolstack, transactions, watches, deaths, daemons that are
                killed, disks that fail. Every answer and every event is compared with a naive model. The build plays 2,000
                of them each time.
                """);
        chapters.put("differential", """
                The same random requests to Debian's daemon in C and to this one. Each difference is either mended or
                explained in compatibility.md.
                """);
        chapters.put("fuzz", """
                Every parser is fed with random and damaged input: nothing but what is declared is thrown, and nothing is
                allocated that the input does not pay for.
                """);
        chapters.put("hostile", """
                Guests that use every way there is to use up memory and time, all at once, beside guests that behave and a
                toolstack. The minute begins when the storm has been for 20 seconds: until then the JVM compiles what only
                hostile guests ask for, on the daemon's one processor. What dom0 waits for longest after that are collections
                of garbage, and writes that thousands of watches are told of.
                """);
        chapters.put("soak", """
                Mixed load for a long time: whether the daemon takes more and more of the machine.
                """);
        chapters.put("journal-cost", """
                What it costs that nothing is lost: the same work with the journal and without. Each write gives a node
                another value than it has. Large values are copied once and summed up once: that is a seventh of the work
                where values of 2 KB come one after the other, more than half a gigabyte in a second. Two daemons of the same
                kind differ too, by what their compilers make of them, so several pairs are measured.
                """);
        chapters.put("real-xen", """
                A real Xen with PV and PVH guests, emulated: the daemon is stopped and killed below them.
                """);
        return chapters;
    }

    /** The only argument is the project's root; without it the working directory. */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments.length > 0 ? arguments[0] : ".");
        Files.writeString(file(root), of(root));
        System.out.println(file(root) + " is made");
    }

    /** Where the page is. */
    static Path file(Path root) {
        return root.resolve("docs/reliability.md");
    }

    /** The whole page. */
    static String of(Path root) throws IOException {
        StringBuilder page = new StringBuilder(BEGINNING);
        for (Map.Entry<String, String> chapter : CHAPTERS.entrySet()) {
            Path figures = root.resolve("docs/reliability").resolve(chapter.getKey() + ".txt");
            if (Files.exists(figures)) {
                chapter(page, chapter.getValue(), Files.readAllLines(figures));
            }
        }
        return page.toString();
    }

    private static void chapter(StringBuilder page, String about, List<String> lines) throws IOException {
        Map<String, String> head = new LinkedHashMap<>();
        List<String[]> figures = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.split(": ", 2);
            if (parts.length < 2) {
                throw new IOException("this is no figure: \"" + line + "\"");
            }
            if (HEAD.contains(parts[0])) {
                head.put(parts[0], parts[1]);
            } else {
                figures.add(parts);
            }
        }
        if (!head.keySet().containsAll(HEAD)) {
            throw new IOException("a file of figures has " + HEAD + ", and not only " + head.keySet());
        }
        page.append("\n## ").append(head.get("title")).append("\n\n").append(about);
        page.append("\n    ").append(head.get("command")).append("\n\n");
        page.append(head.get("date")).append(", ").append(head.get("machine")).append(".\n\n");
        page.append("**").append(head.get("outcome")).append("**\n");
        if (!figures.isEmpty()) {
            page.append("\n| | |\n|---|---|\n");
            figures.forEach(figure -> page.append("| " + cell(figure[0]) + " | " + cell(figure[1]) + " |\n"));
        }
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
