package org.jxenstored.listener;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a socket we serve.
 *
 * <p>The kernel gives a new socket file the permissions of the umask, which Java cannot set. So the socket is
 * born in a directory that nobody else can enter, gets its mode there, and is then moved to its place: whoever
 * sees it there finds it closed to others (if it is to be), and served.
 */
final class SocketFile {
    private static final Logger log = LoggerFactory.getLogger(SocketFile.class);

    /** Bytes of a socket's path that the kernel takes, without the closing NUL. */
    private static final int MAX_PATH = 107;

    private static final int NAMES = 36 * 36 * 36 * 36;

    private final Path path;
    private final @Nullable Object identity;

    private SocketFile(Path path, @Nullable Object identity) {
        this.path = path;
        this.identity = identity;
    }

    /** A private directory beside the path, where the socket is to be bound. */
    static Birthplace birthplace(Path path) throws ListenException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new ListenException("cannot listen on " + path + ": this is a directory");
        }
        try {
            Path directory = privateDirectory(parent);
            Birthplace birthplace = new Birthplace(path, directory, directory.resolve(path.getFileName()));
            refuseIfTooLong(birthplace);
            return birthplace;
        } catch (NoSuchFileException e) {
            throw new ListenException("cannot listen on " + path + ": there is no directory " + parent, e);
        } catch (IOException e) {
            throw new ListenException(
                    "cannot listen on " + path + ": cannot write to the directory " + parent + " (" + e.getMessage()
                            + ")",
                    e);
        }
    }

    /** Like a temporary directory, with a shorter name: socket paths have little room. */
    private static Path privateDirectory(Path parent) throws IOException {
        while (true) {
            String name = "." + Integer.toString(ThreadLocalRandom.current().nextInt(NAMES), Character.MAX_RADIX);
            try {
                return Files.createDirectory(
                        parent.resolve(name),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } catch (FileAlreadyExistsException e) {
                log.debug("{} is taken", e.getFile());
            }
        }
    }

    private static void refuseIfTooLong(Birthplace birthplace) throws ListenException {
        int length = birthplace.socket().toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_PATH) {
            birthplace.close();
            throw new ListenException("cannot listen on " + birthplace.target() + ": the path is " + (length - MAX_PATH)
                    + " bytes too long for a socket; choose a shorter directory");
        }
    }

    /**
     * Where a socket is bound before others may see it.
     *
     * @param target where it goes
     * @param directory ours alone
     * @param socket where to bind
     */
    record Birthplace(Path target, Path directory, Path socket) implements AutoCloseable {
        /**
         * Gives the socket its mode and moves it to its place.
         *
         * @param forOthers true if users who do not own it may connect; which of them is not the file's business
         */
        SocketFile publish(boolean forOthers) throws ListenException {
            try {
                Files.setPosixFilePermissions(
                        socket, PosixFilePermissions.fromString(forOthers ? "rw-rw-rw-" : "rw-------"));
                Files.move(socket, target, StandardCopyOption.ATOMIC_MOVE);
                return new SocketFile(target, identity(target));
            } catch (IOException e) {
                throw new ListenException("cannot put the socket at " + target + " (" + e.getMessage() + ")", e);
            }
        }

        @Override
        public void close() {
            delete(socket);
            delete(directory);
        }
    }

    /**
     * Removes the file if it is the one we published.
     *
     * @return false if another file stands there now
     */
    boolean deleteIfOurs() {
        try {
            if (identity == null || !identity.equals(identity(path))) {
                return false;
            }
            Files.delete(path);
        } catch (NoSuchFileException e) {
            log.debug("{} is gone already", path);
        } catch (IOException e) {
            log.warn("cannot remove {} ({})", path, e.getMessage());
        }
        return true;
    }

    private static @Nullable Object identity(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            log.debug("cannot remove {}", path, e);
        }
    }
}
