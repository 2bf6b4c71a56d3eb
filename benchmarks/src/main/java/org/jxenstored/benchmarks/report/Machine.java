package org.jxenstored.benchmarks.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What this machine does and what is installed on it, each in words; {@code unknown} where it cannot be seen. */
final class Machine {
    private static final String UNKNOWN = "unknown";
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>jxenstored</artifactId>\\s*<version>([^<]+)</version>");

    private final Path root;

    Machine(Path root) {
        this.root = root;
    }

    /** How many threads wanted to run in the minute before. */
    String load() {
        String loadavg = text(Path.of("/proc/loadavg"));
        return loadavg.isEmpty() ? UNKNOWN : loadavg.split(" ", 2)[0] + " on average over a minute";
    }

    /** The package with both peers, and its version. */
    String peers() {
        return peers(output("dpkg-query", "-W", "-f=${db:Status-Status} ${Package} ${Version}\n", "xen-utils-[0-9]*"));
    }

    static String peers(String dpkgQuery) {
        String installed = dpkgQuery
                .lines()
                .filter(line -> line.startsWith("installed "))
                .map(line -> line.substring("installed ".length()).strip())
                .collect(Collectors.joining(", "));
        return installed.isEmpty() ? UNKNOWN : installed;
    }

    /** Our version and commit. */
    String project() {
        String commit = output("git", "rev-parse", "--short=12", "HEAD").strip();
        boolean changed =
                !output("git", "status", "--porcelain", "--untracked-files=no").isBlank();
        return version(text(root.resolve("pom.xml"))) + ", commit " + (commit.isEmpty() ? UNKNOWN : commit)
                + (changed ? " with changes" : "");
    }

    static String version(String pom) {
        Matcher matcher = VERSION.matcher(pom);
        return matcher.find() ? matcher.group(1) : UNKNOWN;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    /** What the command says, or nothing if it is not there or fails. */
    private String output(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .directory(root.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? said : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
