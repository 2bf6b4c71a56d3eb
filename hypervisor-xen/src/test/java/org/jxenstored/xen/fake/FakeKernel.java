package org.jxenstored.xen.fake;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jxenstored.xen.foreign.SystemCalls;

/** What one process in the first domain sees of a {@link FakeMachine} through its kernel. */
public final class FakeKernel implements SystemCalls {
    public static final int STORE_PORT = 6;

    private static final int EBADF = -9;

    private final Map<String, Supplier<OpenFile>> files = new HashMap<>();
    private final Map<String, Integer> refused = new HashMap<>();
    private final Map<Long, Integer> refusedRequests = new HashMap<>();
    private final Map<Integer, OpenFile> open = new TreeMap<>();
    private final List<Long> mapped = new ArrayList<>();
    private final Map<Long, MemorySegment> empty = new HashMap<>();
    private final List<String> opened = new ArrayList<>();
    private int lastDescriptor = 2;
    private int lastPort = 15;

    /** A Linux on Xen 4.17 with all drivers, in the machine's first domain. */
    public FakeKernel(FakeMachine machine) {
        if (machine.dom0.waiting.isEmpty()) {
            machine.dom0.waiting.add(STORE_PORT);
        }
        text("/sys/hypervisor/type", "xen\n");
        version(4, 17);
        text("/proc/xen/xsd_port", STORE_PORT + "\n");
        files.put("/proc/xen/xsd_kva", () -> new PageFiles.Own(machine.dom0.memory, STORE_PORT));
        files.put("/dev/xen/xenbus_backend", () -> new PageFiles.Own(machine.dom0.memory, STORE_PORT));
        files.put("/dev/xen/evtchn", () -> new EventChannelFile(this, machine));
        files.put("/dev/xen/gntdev", () -> new PageFiles.Grants(machine));
        files.put("/dev/xen/privcmd", () -> new PageFiles.Privcmd(this, machine, 4 << 16 | 17));
        files.put("/dev/xen", () -> new PageFiles.Text(""));
    }

    /** A file that says this. */
    public void text(String path, String line) {
        files.put(path, () -> new PageFiles.Text(line));
    }

    /** The version of Xen that /sys shows. */
    public void version(int major, int minor) {
        text("/sys/hypervisor/version/major", major + "\n");
        text("/sys/hypervisor/version/minor", minor + "\n");
    }

    /** There is no such file. */
    public void remove(String path) {
        files.remove(path);
    }

    /** The file cannot be opened. */
    public void refuse(String path, int errno) {
        refused.put(path, errno);
    }

    /** No device answers this request. */
    public void refuseRequest(long number, int errno) {
        refusedRequests.put(number, errno);
    }

    /** The process ends without cleaning up: the kernel closes its files and unmaps its memory. */
    public synchronized void kill() {
        mapped.clear();
        open.values().forEach(OpenFile::close);
        open.clear();
    }

    /** A port fires because its other end was signalled. */
    public synchronized void fire(int domid, int remotePort) {
        open.values().stream()
                .filter(EventChannelFile.class::isInstance)
                .forEach(file -> ((EventChannelFile) file).fire(domid, remotePort));
    }

    /** The event channel device has no room for a port that fires. */
    public synchronized void overflow() {
        open.values().stream()
                .filter(EventChannelFile.class::isInstance)
                .forEach(file -> ((EventChannelFile) file).overflow());
        notifyAll();
    }

    /** How many pages are mapped now. */
    public synchronized int mappedPages() {
        return mapped.size();
    }

    /** How many grants the device keeps for us. */
    public synchronized int announcedGrants() {
        return open.values().stream()
                .filter(PageFiles.Grants.class::isInstance)
                .mapToInt(file -> ((PageFiles.Grants) file).announced())
                .sum();
    }

    /** How many files are open now. */
    public synchronized int openFiles() {
        return open.size();
    }

    /** All paths that were ever opened. */
    public synchronized List<String> opened() {
        return List.copyOf(opened);
    }

    int nextPort() {
        return ++lastPort;
    }

    @Override
    public synchronized int open(String path, int flags) {
        Supplier<OpenFile> file = files.get(path);
        if (refused.containsKey(path)) {
            return -refused.get(path);
        }
        if (file == null) {
            return -ENOENT;
        }
        opened.add(path);
        return put(file.get());
    }

    private int put(OpenFile file) {
        open.put(++lastDescriptor, file);
        return lastDescriptor;
    }

    @Override
    public synchronized int close(int descriptor) {
        OpenFile file = open.remove(descriptor);
        if (file == null) {
            return EBADF;
        }
        file.close();
        return 0;
    }

    @Override
    public synchronized int ioctl(int descriptor, long request, MemorySegment argument) {
        OpenFile file = open.get(descriptor);
        if (file == null) {
            return EBADF;
        }
        Integer errno = refusedRequests.get(request);
        return errno != null ? -errno : file.request(request, argument);
    }

    @Override
    public synchronized long map(int descriptor, long bytes, long offset) {
        OpenFile file = open.get(descriptor);
        long address = file == null ? EBADF : bytes == 4096 ? file.map(offset) : OpenFile.EINVAL;
        if (address > 0) {
            mapped.add(address);
        }
        return address;
    }

    @Override
    public synchronized int unmap(long address, long bytes) {
        return mapped.remove(address) ? 0 : OpenFile.EINVAL;
    }

    @Override
    public synchronized int read(int descriptor, MemorySegment to, int bytes) {
        OpenFile file = open.get(descriptor);
        return file == null ? EBADF : file.read(to, bytes);
    }

    @Override
    public synchronized int write(int descriptor, MemorySegment from, int bytes) {
        OpenFile file = open.get(descriptor);
        int written = file == null ? EBADF : file.write(from, bytes);
        notifyAll();
        return written;
    }

    @Override
    public synchronized int poll(MemorySegment entries, int count) {
        while (true) {
            int ready = 0;
            for (int i = 0; i < count; i++) {
                OpenFile file = open.get(entries.get(ValueLayout.JAVA_INT, (long) i * POLL_ENTRY));
                boolean readable = file != null && file.isReadable();
                entries.set(ValueLayout.JAVA_SHORT, (long) i * POLL_ENTRY + 6, readable ? POLLIN : 0);
                ready += readable ? 1 : 0;
            }
            if (ready > 0) {
                return ready;
            }
            try {
                wait();
            } catch (InterruptedException e) {
                return -EINTR;
            }
        }
    }

    @Override
    public synchronized int eventfd() {
        return put(new PageFiles.Counter());
    }

    /** Memory that a request points to. */
    @SuppressWarnings("restricted") // the address is one that our caller gave us
    MemorySegment at(long address, long bytes) {
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }

    /** A page that shows nothing yet. */
    long emptyPage() {
        MemorySegment page = Arena.ofAuto().allocate(4096, 4096);
        empty.put(page.address(), page);
        return page.address();
    }

    /** The page at this address shows from now on what is in that memory now. */
    void becomes(long address, MemorySegment memory) {
        MemorySegment page = empty.get(address);
        if (page == null) {
            throw new IllegalArgumentException("nothing is mapped at " + address);
        }
        page.copyFrom(memory);
    }
}
