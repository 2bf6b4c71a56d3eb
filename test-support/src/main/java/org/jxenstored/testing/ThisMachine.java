package org.jxenstored.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The machine that this runs on, each thing in words; {@code unknown} where it cannot be seen. */
public final class ThisMachine {
    private static final double KIB_PER_GIB = 1024 * 1024;

    private ThisMachine() {}

    /** Processors, memory, kernel and Java. */
    public static String inOneLine() {
        return String.join("; ", processors(), memory(), kernel(), "Java " + Runtime.version());
    }

    /** The model, how many, and whether a hypervisor lies beneath. */
    public static String processors() {
        return processors(text("/proc/cpuinfo"));
    }

    static String processors(String cpuinfo) {
        long count =
                cpuinfo.lines().filter(line -> line.startsWith("processor")).count();
        String model = field(cpuinfo, "model name")
                .orElse("a processor of kind " + System.getProperty("os.arch") + " that does not tell its model");
        boolean virtual = field(cpuinfo, "flags").stream()
                .flatMap(flags -> Arrays.stream(flags.split(" ")))
                .anyMatch("hypervisor"::equals);
        return model + ", " + count + (count == 1 ? " CPU" : " CPUs") + (virtual ? ", a virtual machine" : "");
    }

    /** How much there is of it. */
    public static String memory() {
        return memory(text("/proc/meminfo"));
    }

    static String memory(String meminfo) {
        return field(meminfo, "MemTotal")
                .map(total -> Long.parseLong(total.split(" ", 2)[0]))
                .map(kib -> String.format(Locale.ROOT, "%.1f GiB", kib / KIB_PER_GIB))
                .orElse("unknown");
    }

    /** The operating system and its version. */
    public static String kernel() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version");
    }

    private static Optional<String> field(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name) && line.contains(":"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            return "";
        }
    }
}
