package org.jxenstored.benchmarks.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of another JVM of this user, through the JDK's jcmd. */
final class JavaHeap {
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");

    /** A generation, or the whole heap of a collector without them; parts of them tell percentages. */
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    private final long pid;

    JavaHeap(long pid) {
        this.pid = pid;
    }

    /** Bytes in use after a full collection. */
    long afterFullCollection() throws IOException, InterruptedException {
        jcmd("GC.run");
        return usedBytes(jcmd("GC.heap_info"));
    }

    /** Reads what {@code GC.heap_info} prints, of any collector. */
    static long usedBytes(String heapInfo) throws IOException {
        long kibibytes = 0;
        boolean found = false;
        for (String line : heapInfo.lines().map(String::strip).toList()) {
            Matcher used = USED.matcher(line);
            if (!line.startsWith("Metaspace") && !line.startsWith("class space") && used.find()) {
                kibibytes += Long.parseLong(used.group(1));
                found = true;
            }
        }
        if (!found) {
            throw new IOException("jcmd GC.heap_info says nothing of used memory: " + heapInfo);
        }
        return kibibytes * 1024;
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(JCMD.toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd " + pid + " " + command + " failed: " + said.strip());
        }
        return said;
    }
}
