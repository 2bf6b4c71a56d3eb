package org.jxenstored.it.search;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a {@link MemoryDisk}, or a file in it.
 *
 * @param name empty for the directory
 */
record DiskPath(DiskFileSystem disk, String name) implements Path {

    @Override
    public FileSystem getFileSystem() {
        return disk;
    }

    @Override
    public boolean isAbsolute() {
        return true;
    }

    @Override
    public Path getRoot() {
        return disk.root();
    }

    @Override
    public @Nullable Path getFileName() {
        return name.isEmpty() ? null : this;
    }

    @Override
    public @Nullable Path getParent() {
        return name.isEmpty() ? null : disk.root();
    }

    @Override
    public int getNameCount() {
        return name.isEmpty() ? 0 : 1;
    }

    @Override
    public Path getName(int index) {
        return this;
    }

    @Override
    public Path subpath(int from, int to) {
        return this;
    }

    @Override
    public boolean startsWith(Path other) {
        return equals(other) || other.equals(disk.root());
    }

    @Override
    public boolean endsWith(Path other) {
        return equals(other);
    }

    @Override
    public Path normalize() {
        return this;
    }

    @Override
    public Path resolve(Path other) {
        return other;
    }

    @Override
    public Path resolve(String other) {
        return new DiskPath(disk, other);
    }

    @Override
    public Path relativize(Path other) {
        return other;
    }

    @Override
    public URI toUri() {
        return URI.create("memory:" + name);
    }

    @Override
    public Path toAbsolutePath() {
        return this;
    }

    @Override
    public Path toRealPath(LinkOption... options) {
        return this;
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("register");
    }

    @Override
    public int compareTo(Path other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return name;
    }
}
