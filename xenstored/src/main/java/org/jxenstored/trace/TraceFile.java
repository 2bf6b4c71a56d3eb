package org.jxenstored.trace;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file that lines are appended to; made readable for its owner only (S-LOG-1). */
final class TraceFile implements AutoCloseable {
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final Set<StandardOpenOption> APPEND =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

    private final BufferedWriter out;

    private TraceFile(BufferedWriter out) {
        this.out = out;
    }

    static TraceFile append(Path path) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileChannel channel = posix ? FileChannel.open(path, APPEND, PRIVATE) : FileChannel.open(path, APPEND);
        return new TraceFile(new BufferedWriter(Channels.newWriter(channel, StandardCharsets.ISO_8859_1)));
    }

    void line(String text) throws IOException {
        out.write(text);
        out.write('\n');
    }

    void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
