package org.jxenstored.trace;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.jxenstored.control.TraceControl;
import org.jxenstored.engine.Connection;
import org.jxenstored.engine.EngineTrace;
import org.jxenstored.protocol.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what the engine tells into the trace file, and what people should know into the log. */
public final class Tracer implements EngineTrace, TraceControl, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger("org.jxenstored.engine");

    /** The kinds of lines, in the order in which they are listed (S-LOG-2). */
    private static final String OBJECTS = "obj";

    private static final String MESSAGES = "io";
    private static final String WRITE_RATE = "wrl";
    private static final String ACCOUNTS = "acc";
    private static final String STORE = "tdb";

    private static final FileAttribute<?> READABLE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path libDirectory;
    private final boolean confined;
    private final Map<String, Boolean> switches = new LinkedHashMap<>();
    private Optional<Path> path;
    private @Nullable TraceFile file;
    private @Nullable EngineTrace follower;

    /**
     * @param configured the file of {@code -T}; opened with {@link #open}
     * @param on the switches that are on, names of S-LOG-2
     * @param libDirectory where relative file names are (P-CTL-6)
     */
    public Tracer(Optional<Path> configured, Set<String> on, Path libDirectory) {
        this(configured, on, libDirectory, false);
    }

    /**
     * @param confined true if clients may name only files that stand directly in the library directory: those who may
     *     send commands need not be those who may write to all files
     */
    public Tracer(Optional<Path> configured, Set<String> on, Path libDirectory, boolean confined) {
        this.path = configured;
        this.libDirectory = libDirectory;
        this.confined = confined;
        List.of(OBJECTS, MESSAGES, WRITE_RATE, ACCOUNTS, STORE).forEach(name -> switches.put(name, on.contains(name)));
    }

    /** From now on this one is told too of requests, answers, use, what comes and goes, and defects. */
    public void tellAlso(EngineTrace other) {
        follower = other;
    }

    // EngineTrace

    @Override
    public boolean isOn() {
        return file != null || log.isDebugEnabled() || (follower != null && follower.isOn());
    }

    @Override
    public void created(Kind kind, String id) {
        if (follower != null) {
            follower.created(kind, id);
        }
        write(OBJECTS, () -> "obj: CREATE " + word(kind) + ' ' + TraceLines.escaped(id));
    }

    @Override
    public void destroyed(Kind kind, String id) {
        if (follower != null) {
            follower.destroyed(kind, id);
        }
        write(OBJECTS, () -> "obj: DESTROY " + word(kind) + ' ' + TraceLines.escaped(id));
    }

    private static String word(Kind kind) {
        return switch (kind) {
            case CONNECTION -> "connection";
            case WATCH -> "watch";
            case TRANSACTION -> "transaction";
        };
    }

    @Override
    public void received(Connection connection, Message request) {
        if (follower != null) {
            follower.received(connection, request);
        }
        write(MESSAGES, () -> TraceLines.received(connection, request, now()));
    }

    @Override
    public void sends(Connection connection) {
        if (follower != null) {
            follower.sends(connection);
        }
    }

    @Override
    public void sent(Connection connection, Message message, Progress progress) {
        if (follower != null) {
            follower.sent(connection, message, progress);
        }
        write(MESSAGES, () -> TraceLines.sent(connection, message, progress, now()));
    }

    private static LocalDateTime now() {
        return LocalDateTime.now(ZoneId.systemDefault());
    }

    @Override
    public void stored(String action, String key, int size) {
        write(STORE, () -> "tdb: " + action + ' ' + key + " size " + size);
    }

    @Override
    public void accounted(int domid, String what, long before, long change, boolean locally) {
        if (follower != null) {
            follower.accounted(domid, what, before, change, locally);
        }
        write(
                ACCOUNTS,
                () -> "acc: " + (locally ? "local" : "global") + " change d" + domid + ' ' + what + " old " + before
                        + " delta " + change);
    }

    @Override
    public void charged(int domid, long credit, long reserve) {
        write(WRITE_RATE, () -> "wrl: d" + domid + " credit " + credit + " reserve " + reserve);
    }

    @Override
    public void note(Supplier<String> text) {
        if (log.isDebugEnabled()) {
            log.debug("{}", TraceLines.escaped(text.get()));
        }
        write(() -> TraceLines.escaped(text.get()));
    }

    @Override
    public void warn(String text) {
        log.warn("{}", TraceLines.escaped(text));
        write(() -> TraceLines.escaped(text));
    }

    @Override
    public void defect(String doing, Throwable cause) {
        if (follower != null) {
            follower.defect(doing, cause);
        }
        log.error("defect while {}: the request got EIO, all else goes on", doing, cause);
        write(() -> TraceLines.escaped("defect while " + doing + ": " + cause));
    }

    private void write(String kind, Supplier<String> line) {
        if (file != null && switches.getOrDefault(kind, false)) {
            write(line);
        }
    }

    private void write(Supplier<String> line) {
        if (file != null) {
            try {
                file.line(line.get());
            } catch (IOException e) {
                giveUp(e);
            }
        }
    }

    private void giveUp(IOException e) {
        log.error("cannot write trace file {}: {}; tracing is off until 'log on'", path.orElse(null), e.getMessage());
        close();
    }

    /** Puts what was written so far into the file; at the end of each turn. */
    public void flush() {
        if (file != null) {
            try {
                file.flush();
            } catch (IOException e) {
                giveUp(e);
            }
        }
    }

    // TraceControl

    @Override
    public List<Switch> switches() {
        List<Switch> all = new ArrayList<>();
        switches.forEach((name, on) -> all.add(new Switch(name, on)));
        return all;
    }

    @Override
    public boolean set(String name, boolean on) {
        return switches.replace(name, on) != null;
    }

    @Override
    public void open() {
        close();
        if (path.isPresent()) {
            try {
                file = append(path.get());
                write(() -> "***");
            } catch (IOException e) {
                log.error("cannot open trace file {}: {}; nothing is traced", path.get(), reason(e));
            }
        }
    }

    /** The library directory is made when something is written there for the first time; no other is. */
    private TraceFile append(Path target) throws IOException {
        if (libDirectory.equals(target.getParent())) {
            makeLibDirectory();
        }
        return TraceFile.append(target);
    }

    private void makeLibDirectory() throws IOException {
        if (!Files.isDirectory(libDirectory)) {
            Path parent = libDirectory.getParent();
            if (parent != null) {
                Files.createDirectories(parent, READABLE);
            }
            Files.createDirectory(libDirectory, PRIVATE);
        }
    }

    @Override
    public void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                log.warn("closing trace file {}: {}", path.orElse(null), e.getMessage());
            }
            file = null;
        }
    }

    @Override
    public boolean use(String name) {
        Optional<Path> wanted = resolve(name);
        if (wanted.isPresent()) {
            path = wanted;
            open();
        }
        return wanted.isPresent();
    }

    private Optional<Path> resolve(String name) {
        try {
            Path wanted = libDirectory.resolve(name);
            if (confined && !libDirectory.equals(wanted.normalize().getParent())) {
                log.warn(
                        "'{}' is refused: not only root may send control commands here, so they may name only files in {};"
                                + " use --trace-file for another one",
                        TraceLines.escaped(name),
                        libDirectory);
                return Optional.empty();
            }
            return Optional.of(wanted);
        } catch (InvalidPathException e) {
            log.warn("'{}' is no file name: {}", TraceLines.escaped(name), e.getReason());
            return Optional.empty();
        }
    }

    @Override
    public boolean append(String name, String text) {
        if (name.isEmpty()) {
            text.lines().forEach(line -> write(() -> line));
            return file != null;
        }
        Optional<Path> wanted = resolve(name);
        if (wanted.isEmpty()) {
            return false;
        }
        try (TraceFile report = append(wanted.get())) {
            for (String line : text.lines().toList()) {
                report.line(line);
            }
            return true;
        } catch (IOException e) {
            log.warn("cannot write memory report {}: {}", TraceLines.escaped(name), reason(e));
            return false;
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such directory";
            case AccessDeniedException _ -> "permission denied";
            default -> String.valueOf(e.getMessage());
        };
    }

    @Override
    public void print(String text) {
        log.info("{}", TraceLines.escaped(text));
        write(() -> "control: " + TraceLines.escaped(text));
    }
}
