package org.jxenstored.it.search;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;

/** What can be done with files of a {@link MemoryDisk}: as much as the journal does. */
final class DiskProvider extends FileSystemProvider {
    static final DiskProvider INSTANCE = new DiskProvider();

    private DiskProvider() {}

    private static MemoryDisk disk(Path path) {
        return ((DiskPath) path).disk().disk();
    }

    @Override
    public String getScheme() {
        return "memory";
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return path.equals(path.getRoot())
                ? disk(path).openDirectory()
                : disk(path)
                        .open(
                                path.toString(),
                                options.contains(StandardOpenOption.CREATE),
                                options.contains(StandardOpenOption.TRUNCATE_EXISTING));
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path path, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        return disk(path).list(filter);
    }

    @Override
    public void delete(Path path) throws IOException {
        disk(path).remove(path.toString());
    }

    @Override
    public void move(Path from, Path to, CopyOption... options) throws IOException {
        disk(from).rename(from.toString(), to.toString());
    }

    private static UnsupportedOperationException notHere(String what) {
        return new UnsupportedOperationException(what + " is not for this disk");
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> settings) {
        throw notHere("newFileSystem");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw notHere("getFileSystem");
    }

    @Override
    public Path getPath(URI uri) {
        throw notHere("getPath");
    }

    @Override
    public void createDirectory(Path path, FileAttribute<?>... attributes) {
        throw notHere("createDirectory");
    }

    @Override
    public void copy(Path from, Path to, CopyOption... options) {
        throw notHere("copy");
    }

    @Override
    public boolean isSameFile(Path one, Path other) {
        return one.equals(other);
    }

    @Override
    public boolean isHidden(Path path) {
        return false;
    }

    @Override
    public FileStore getFileStore(Path path) {
        throw notHere("getFileStore");
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) {}

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        throw notHere("getFileAttributeView");
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options) {
        throw notHere("readAttributes");
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
        throw notHere("readAttributes");
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw notHere("setAttribute");
    }
}
