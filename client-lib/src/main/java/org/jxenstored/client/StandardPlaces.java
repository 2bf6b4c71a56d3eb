package org.jxenstored.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jxenstored.protocol.RunDirectory;

/** Where a server is looked for if the program names no place (C-LIB-1). */
final class StandardPlaces {
    private static final List<Path> DEVICES = List.of(Path.of("/dev/xen/xenbus"), Path.of("/proc/xen/xenbus"));
    private static final int FILE_TYPE = 0170000;
    private static final int CHARACTER_DEVICE = 0020000;
    private static final int OPEN_TO_OTHERS = 0077;

    private StandardPlaces() {}

    static Endpoint ofThisProcess() {
        return of(System.getenv(), uid(), Path.of(System.getProperty("java.io.tmpdir", "/tmp")), DEVICES);
    }

    /**
     * As {@link #ofThisProcess} for any environment.
     *
     * @param devices the devices to look for, best first
     * @throws ConnectFailedException if the socket's directory lies in a place open to all and is not private
     */
    static Endpoint of(Map<String, String> environment, long uid, Path temporary, List<Path> devices) {
        boolean named =
                !environment.getOrDefault(RunDirectory.SOCKET_VARIABLE, "").isEmpty();
        if (!named) {
            requirePrivate(RunDirectory.of(environment, uid, temporary), uid);
        }
        Path socket = RunDirectory.socket(environment, uid, temporary);
        if (mode(socket, FILE_TYPE) == CHARACTER_DEVICE) {
            return new Endpoint.Device(socket);
        }
        List<Endpoint> places = new ArrayList<>(2);
        places.add(new Endpoint.UnixSocket(socket));
        for (Path device : devices) {
            if (!named && places.size() == 1 && Files.exists(device)) {
                places.add(new Endpoint.Device(device));
            }
        }
        return places.size() == 1 ? places.getFirst() : new Endpoint.FirstOf(places);
    }

    /** Below /tmp anybody could have made the directory and wait there for others' secrets. */
    private static void requirePrivate(RunDirectory directory, long uid) {
        Path path = directory.path();
        if (!directory.inSharedPlace() || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                || attribute(path, "unix:uid") != uid
                || mode(path, OPEN_TO_OTHERS) != 0) {
            throw new ConnectFailedException("not connecting to " + directory.socket() + ": " + path
                    + " is not a directory of this user with mode 0700. Remove it, or name the socket in "
                    + RunDirectory.SOCKET_VARIABLE);
        }
    }

    /** This process's user, without native code. */
    private static long uid() {
        long uid = attribute(Path.of("/proc/self"), "unix:uid");
        return uid >= 0 ? uid : attribute(Path.of(System.getProperty("user.home", "/")), "unix:uid");
    }

    private static int mode(Path path, int mask) {
        long mode = attribute(path, "unix:mode");
        return mode < 0 ? -1 : (int) mode & mask;
    }

    /** A number about a file, -1 if the file is missing or the system has no such number. */
    private static long attribute(Path path, String name) {
        try {
            return Files.getAttribute(path, name) instanceof Number number ? number.longValue() : -1;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException noSuchThing) {
            return -1;
        }
    }
}
