package org.jxenstored.server;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;

/** The memory of the whole process, for {@code memreport}. */
final class ProcessMemory {
    private ProcessMemory() {}

    static String describe() {
        StringBuilder text = new StringBuilder();
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            text.append(pool.getName())
                    .append(": ")
                    .append(pool.getUsage().getUsed())
                    .append(" bytes used\n");
        }
        return text.toString();
    }
}
