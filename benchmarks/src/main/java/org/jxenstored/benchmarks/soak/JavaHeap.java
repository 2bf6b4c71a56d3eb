package org.jxenstored.benchmarks.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of another JVM of this user, through the JDK's jcmd. */
public final class JavaHeap {
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");

    /** A generation, or the whole heap of a collector without them; parts of them tell percentages. */
    private static final Pattern USED = Pattern.compile("used (\\d+)([KM])|(\\d+)([KM]) used");

    private static final Pattern LIMIT = Pattern.compile("-XX:MaxHeapSize=(\\d+)");

    private final long pid;

    public JavaHeap(long pid) {
        this.pid = pid;
    }

    /** Bytes in use after a full collection. */
    public long afterFullCollection() throws IOException, InterruptedException {
        jcmd("GC.run");
        return usedBytes(jcmd("GC.heap_info"));
    }

    /** From now on its collector writes into this file what it does. */
    public void logCollections(Path file) throws IOException, InterruptedException {
        jcmd("VM.log", "output=" + file, "output_options=filecount=0", "what=gc=info");
    }

    /** The most that the heap may grow to, bytes. */
    public long limit() throws IOException, InterruptedException {
        Matcher limit = LIMIT.matcher(jcmd("VM.flags"));
        if (!limit.find()) {
            throw new IOException("jcmd VM.flags says nothing of the largest heap");
        }
        return Long.parseLong(limit.group(1));
    }

    /** Reads what {@code GC.heap_info} prints, of any collector. */
    static long usedBytes(String heapInfo) throws IOException {
        long kibibytes = 0;
        boolean found = false;
        for (String line : heapInfo.lines().map(String::strip).toList()) {
            Matcher used = USED.matcher(line);
            if (!line.startsWith("Metaspace") && !line.startsWith("class space") && used.find()) {
                boolean first = used.group(1) != null;
                long number = Long.parseLong(used.group(first ? 1 : 3));
                kibibytes += used.group(first ? 2 : 4).equals("M") ? number << 10 : number;
                found = true;
            }
        }
        if (!found) {
            throw new IOException("jcmd GC.heap_info says nothing of used memory: " + heapInfo);
        }
        return kibibytes * 1024;
    }

    private String jcmd(String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(JCMD.toString(), Long.toString(pid)));
        words.addAll(List.of(command));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd " + pid + " " + String.join(" ", command) + " failed: " + said.strip());
        }
        return said;
    }
}
