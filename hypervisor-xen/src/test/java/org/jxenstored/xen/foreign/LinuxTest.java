package org.jxenstored.xen.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real kernel under this test, with files and descriptors that every Linux has. */
final class LinuxTest {
    private final SystemCalls linux = new Linux();
    private final Arena arena = Arena.ofConfined();

    @AfterEach
    void end() {
        arena.close();
    }

    @Test
    void whatFailsGivesTheNegativeErrno() {
        assertThat(linux.open("/there/is/no/such/file", SystemCalls.O_RDONLY)).isEqualTo(-SystemCalls.ENOENT);
        assertThat(linux.close(-1)).isEqualTo(-9);
        assertThat(linux.map(-1, 4096, 0)).isEqualTo(-9);
    }

    @Test
    void aDeviceThatDoesNotKnowARequestSaysSo() {
        int descriptor = linux.open("/dev/null", SystemCalls.O_RDWR | SystemCalls.O_CLOEXEC);
        assertThat(linux.ioctl(descriptor, 0x0004_4500, arena.allocate(8))).isEqualTo(-SystemCalls.ENOTTY);
        assertThat(linux.close(descriptor)).isZero();
    }

    @Test
    void aFileIsReadAndWritten(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("line"), "before");
        int descriptor = linux.open(file.toString(), SystemCalls.O_RDWR);
        MemorySegment buffer = arena.allocate(16);
        assertThat(linux.read(descriptor, buffer, 16)).isEqualTo(6);
        assertThat(new String(buffer.asSlice(0, 6).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII))
                .isEqualTo("before");
        assertThat(linux.write(descriptor, arena.allocateFrom(" after"), 6)).isEqualTo(6);
        linux.close(descriptor);
        assertThat(file).hasContent("before after");
    }

    @Test
    void whatIsWrittenToAMappedPageIsInTheFile(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("page"), new byte[4096]);
        int descriptor = linux.open(file.toString(), SystemCalls.O_RDWR);
        long address = linux.map(descriptor, 4096, 0);
        assertThat(address).isPositive();
        at(address).set(ValueLayout.JAVA_BYTE, 7, (byte) 42);
        assertThat(Files.readAllBytes(file)[7]).isEqualTo((byte) 42);
        assertThat(linux.unmap(address, 4096)).isZero();
        linux.close(descriptor);
    }

    @SuppressWarnings("restricted") // a page is mapped there
    private static MemorySegment at(long address) {
        return MemorySegment.ofAddress(address).reinterpret(4096);
    }

    @Test
    void pollSaysWhichDescriptorIsReady() {
        int quiet = linux.eventfd();
        int ready = linux.eventfd();
        assertThat(linux.write(ready, arena.allocateFrom(ValueLayout.JAVA_LONG, 1), 8))
                .isEqualTo(8);
        MemorySegment entries = arena.allocate(2 * SystemCalls.POLL_ENTRY, 4);
        entries.set(ValueLayout.JAVA_INT, 0, quiet);
        entries.set(ValueLayout.JAVA_SHORT, 4, SystemCalls.POLLIN);
        entries.set(ValueLayout.JAVA_INT, 8, ready);
        entries.set(ValueLayout.JAVA_SHORT, 12, SystemCalls.POLLIN);
        assertThat(linux.poll(entries, 2)).isEqualTo(1);
        assertThat(entries.get(ValueLayout.JAVA_SHORT, 6)).isZero();
        assertThat(entries.get(ValueLayout.JAVA_SHORT, 14)).isEqualTo(SystemCalls.POLLIN);
        linux.close(quiet);
        linux.close(ready);
    }
}
