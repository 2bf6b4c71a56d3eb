package org.jxenstored.daemon;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/** Makes directories that nobody else can have prepared as a trap. */
final class SafeDirectory {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> PASSABLE = PosixFilePermissions.fromString("rwx--x--x");
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final int STICKY = 01000;

    private SafeDirectory() {}

    /** As {@link #ensure(Path, boolean, boolean)}, not passable. */
    static void ensure(Path directory, boolean ours) throws IOException {
        ensure(directory, ours, false);
    }

    /**
     * Makes the directory if missing, mode 0700, and those above it, 0755.
     *
     * <p>One that is there gets that mode, too, if it is {@code ours}, or looks as if an earlier start had made it; else
     * it stays as it is.
     *
     * @param ours true if nobody but the daemon has a say in it
     * @param passable true for 0711: other users can get to what they know the name of
     * @throws IOException with a message for people; also if somebody else could take our files away or put others in
     *     their place
     */
    static void ensure(Path directory, boolean ours, boolean passable) throws IOException {
        Set<PosixFilePermission> wanted = passable ? PASSABLE : OWNER_ONLY;
        if (!Files.isDirectory(directory)) {
            make(directory, wanted);
        }
        PosixFileAttributes attributes = attributes(directory, LinkOption.NOFOLLOW_LINKS);
        Path parent = directory.getParent();
        boolean mustBeOurs = ours || (parent != null && everybodyWritesTo(parent));
        if (mustBeOurs && (!attributes.isDirectory() || !attributes.owner().equals(ourselves()))) {
            throw new IOException(
                    directory + " belongs to " + attributes.owner().getName()
                            + " or is a link; remove it, or name another directory with XENSTORED_RUNDIR");
        }
        if ((ours || isMadeByUs(attributes)) && !attributes.permissions().equals(wanted)) {
            Files.setPosixFilePermissions(directory, wanted);
        }
        if (everybodyWritesTo(directory) && ((int) Files.getAttribute(directory, "unix:mode") & STICKY) == 0) {
            throw new IOException("everybody can write to " + directory
                    + ", and so put a socket of their own in the place of ours; chmod o-w " + directory);
        }
    }

    private static boolean isMadeByUs(PosixFileAttributes attributes) throws IOException {
        return attributes.isDirectory()
                && attributes.owner().equals(ourselves())
                && (attributes.permissions().equals(OWNER_ONLY)
                        || attributes.permissions().equals(PASSABLE));
    }

    private static void make(Path directory, Set<PosixFilePermission> mode) throws IOException {
        Path parent = directory.getParent();
        try {
            if (parent != null && !Files.isDirectory(parent)) {
                Files.createDirectories(parent, PosixFilePermissions.asFileAttribute(READABLE));
            }
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(mode));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw new IOException("cannot make the directory " + directory + ": a file of this name exists", e);
            }
        } catch (IOException e) {
            throw new IOException(
                    "cannot make the directory " + directory + " (" + reason(e)
                            + "); name another one with XENSTORED_RUNDIR",
                    e);
        }
    }

    private static boolean everybodyWritesTo(Path directory) throws IOException {
        return attributes(directory).permissions().contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static PosixFileAttributes attributes(Path path, LinkOption... options) throws IOException {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class, options)
                .readAttributes();
    }

    private static UserPrincipal ourselves() throws IOException {
        Path process = Path.of("/proc/self");
        if (Files.exists(process)) {
            return Files.getOwner(process);
        }
        return process.getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(System.getProperty("user.name"));
    }

    /** Why an I/O error happened, in words, where the exception's own message is just the path. */
    static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "no such directory";
            case java.nio.file.FileSystemException f when f.getReason() != null -> f.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
