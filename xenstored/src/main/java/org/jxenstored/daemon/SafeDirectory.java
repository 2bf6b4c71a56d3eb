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
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    private SafeDirectory() {}

    /**
     * Makes the directory and those above it, if missing: 0755, or 0700 for {@code ownerOnly}.
     *
     * @throws IOException with a message for people; also if the directory stands where everybody can make
     *     entries and is not this user's own
     */
    static void ensure(Path directory, boolean ownerOnly) throws IOException {
        if (!Files.isDirectory(directory)) {
            make(directory, ownerOnly);
        }
        PosixFileAttributes attributes = attributes(directory, LinkOption.NOFOLLOW_LINKS);
        Path parent = directory.getParent();
        boolean mustBeOurs = ownerOnly || (parent != null && everybodyWritesTo(parent));
        if (mustBeOurs && (!attributes.isDirectory() || !attributes.owner().equals(ourselves()))) {
            throw new IOException(
                    directory + " belongs to " + attributes.owner().getName()
                            + " or is a link; remove it, or name another directory with XENSTORED_RUNDIR");
        }
        if (ownerOnly && !attributes.permissions().equals(OWNER_ONLY)) {
            Files.setPosixFilePermissions(directory, OWNER_ONLY);
        }
    }

    private static void make(Path directory, boolean ownerOnly) throws IOException {
        Path parent = directory.getParent();
        try {
            if (parent != null && !Files.isDirectory(parent)) {
                Files.createDirectories(parent, PosixFilePermissions.asFileAttribute(READABLE));
            }
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(ownerOnly ? OWNER_ONLY : READABLE));
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
