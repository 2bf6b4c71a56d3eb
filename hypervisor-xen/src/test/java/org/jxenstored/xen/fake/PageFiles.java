package org.jxenstored.xen.fake;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jxenstored.xen.fake.FakeMachine.FakeDomain;
import org.jxenstored.xen.foreign.SystemCalls;

/** The files that map pages or say something. */
final class PageFiles {
    private PageFiles() {}

    /** /dev/xen/gntdev. */
    static final class Grants implements OpenFile {
        private static final long PAGE = 4096;

        private final FakeMachine machine;
        private final Map<Long, Long> announced = new HashMap<>();
        private long next;

        Grants(FakeMachine machine) {
            this.machine = machine;
        }

        @Override
        public int request(long number, MemorySegment argument) {
            return switch ((int) number) {
                case 0x184700 -> announce(argument);
                case 0x104701 ->
                    announced.remove(argument.get(ValueLayout.JAVA_LONG, 0)) == null ? -SystemCalls.ENOENT : 0;
                default -> ENOTTY;
            };
        }

        private int announce(MemorySegment argument) {
            if (argument.get(ValueLayout.JAVA_INT, 0) != 1) {
                return EINVAL;
            }
            argument.set(ValueLayout.JAVA_LONG, 8, next);
            announced.put(next, argument.get(ValueLayout.JAVA_LONG, 16));
            next += PAGE;
            return 0;
        }

        @Override
        public long map(long offset) {
            Long grant = announced.get(offset);
            if (grant == null) {
                return EINVAL;
            }
            FakeDomain domain = machine.find(grant.intValue());
            return domain != null && domain.granted && grant >>> 32 == 1 ? domain.memory.address() : EINVAL;
        }

        int announced() {
            return announced.size();
        }
    }

    /** /dev/xen/privcmd. A mapping of it is empty until it is filled. */
    static final class Privcmd implements OpenFile {
        private final FakeKernel kernel;
        private final FakeMachine machine;
        private final int xenVersion;

        Privcmd(FakeKernel kernel, FakeMachine machine, int xenVersion) {
            this.kernel = kernel;
            this.machine = machine;
            this.xenVersion = xenVersion;
        }

        @Override
        public int request(long number, MemorySegment argument) {
            return switch ((int) number) {
                case 0x205004 -> fill(argument);
                case 0x305000 -> argument.get(ValueLayout.JAVA_LONG, 0) == 17 ? xenVersion : -SystemCalls.ENOSYS;
                default -> ENOTTY;
            };
        }

        private int fill(MemorySegment argument) {
            int domid = Short.toUnsignedInt(argument.get(ValueLayout.JAVA_SHORT, 4));
            long frame = kernel.at(argument.get(ValueLayout.JAVA_LONG, 16), Long.BYTES)
                    .get(ValueLayout.JAVA_LONG, 0);
            MemorySegment error = kernel.at(argument.get(ValueLayout.JAVA_LONG, 24), Integer.BYTES);
            FakeDomain domain = machine.find(domid);
            error.set(ValueLayout.JAVA_INT, 0, EINVAL);
            if (domain != null && domain.gfn == frame) {
                error.set(ValueLayout.JAVA_INT, 0, 0);
                kernel.becomes(argument.get(ValueLayout.JAVA_LONG, 8), domain.memory);
            }
            return argument.get(ValueLayout.JAVA_INT, 0) == 1 ? 0 : EINVAL;
        }

        @Override
        public long map(long offset) {
            return kernel.emptyPage();
        }
    }

    /** /dev/xen/xenbus_backend and /proc/xen/xsd_kva. */
    record Own(MemorySegment page, int port) implements OpenFile {
        @Override
        public int request(long number, MemorySegment argument) {
            return number == 0x4200 ? port : ENOTTY;
        }

        @Override
        public long map(long offset) {
            return offset == 0 ? page.address() : EINVAL;
        }
    }

    /** A file with a line in it. */
    record Text(String line) implements OpenFile {
        @Override
        public int read(MemorySegment to, int bytes) {
            byte[] text = line.getBytes(StandardCharsets.US_ASCII);
            MemorySegment.copy(text, 0, to, ValueLayout.JAVA_BYTE, 0, text.length);
            return text.length;
        }
    }

    /** An eventfd. */
    static final class Counter implements OpenFile {
        private boolean set;

        @Override
        public int write(MemorySegment from, int bytes) {
            set = bytes == Long.BYTES;
            return bytes;
        }

        @Override
        public boolean isReadable() {
            return set;
        }
    }
}
