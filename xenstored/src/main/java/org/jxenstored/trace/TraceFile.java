package org.jxenstored.trace;

import com.sun.security.auth.module.UnixSystem;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A file that lines are appended to; made readable for its owner only (S-LOG-1).
 *
 * <p>Lines hold what clients write, so nobody may lead them into a file of his choice, or into one he can read: the name
 * must not be a link, and a file that is there must be an ordinary one of ours, with no other name.
 */
final class TraceFile implements AutoCloseable {
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final Set<OpenOption> OLD =
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> NEW = Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND,
            LinkOption.NOFOLLOW_LINKS);

    private static final int ROOT = 0;
    private static final int KIND = 0170000;
    private static final int ORDINARY = 0100000;
    private static final int LINK = 0120000;
    private static final int STICKY = 01000;
    private static final int OTHERS_WRITE = 02;

    private final BufferedWriter out;

    private TraceFile(BufferedWriter out) {
        this.out = out;
    }

    /** @throws IOException with a message for people where the file is refused */
    static TraceFile append(Path path) throws IOException {
        boolean unix = FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
        FileChannel channel = unix
                ? open(path.toAbsolutePath())
                : FileChannel.open(
                        path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        return new TraceFile(new BufferedWriter(Channels.newWriter(channel, StandardCharsets.ISO_8859_1)));
    }

    /** In a directory like this nobody else can take away what was looked at before it is opened. */
    private static FileChannel open(Path path) throws IOException {
        Path directory = path.getParent();
        if (directory != null) {
            int mode = (int) Files.getAttribute(directory, "unix:mode");
            if ((mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0) {
                throw new IOException("everybody can write to " + directory + " and lead the trace elsewhere");
            }
        }
        try {
            refuseIfStrange(path);
            return FileChannel.open(path, OLD);
        } catch (NoSuchFileException e) {
            return FileChannel.open(path, NEW, PRIVATE);
        }
    }

    private static void refuseIfStrange(Path path) throws IOException {
        Map<String, Object> found = Files.readAttributes(path, "unix:mode,uid,nlink", LinkOption.NOFOLLOW_LINKS);
        int kind = number(found, "mode") & KIND;
        if (kind != ORDINARY) {
            throw new IOException(kind == LINK ? "it is a link; name the file itself" : "it is no ordinary file");
        }
        int owner = number(found, "uid");
        if (owner != ROOT && owner != (int) new UnixSystem().getUid()) {
            throw new IOException("it belongs to uid " + Integer.toUnsignedString(owner) + "; remove it");
        }
        if (number(found, "nlink") != 1) {
            throw new IOException("it has another name, too (a hard link); remove it");
        }
    }

    private static int number(Map<String, Object> attributes, String name) {
        return (int) Objects.requireNonNull(attributes.get(name));
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
