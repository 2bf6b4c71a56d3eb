package org.jxenstored.benchmarks.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainState.Capability;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.hypervisor.DomainStates;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Numbers;

/**
 * The domains of the pretended machine: a small file for each, and domain 0, which is always there.
 *
 * <p>The first word of a file is the domain's state: {@code running}, {@code shutdown[:CODE]}, {@code crashed}, {@code
 * dying-only} (being torn down) or {@code dying} (dead). {@code uid=N} may follow, its unique id.
 */
final class FileDomains implements DomainStates {
    private static final int CRASHED = 3;
    private static final DomainState DOM0 = new DomainState(
            Domid.DOM0, 1, Life.ALIVE, false, DomainState.NO_SHUTDOWN_CODE, EnumSet.allOf(Capability.class));

    /**
     * What a file said. Whoever changes a domain puts a new file in the place of the old one.
     *
     * @param settled whether the file was so old when it was read that its successor must have another time
     */
    private record Read(BasicFileAttributes file, boolean settled, DomainState state) {
        private static final long SETTLED_MILLIS = 100;

        static Read of(BasicFileAttributes file, DomainState state) {
            long age = System.currentTimeMillis() - file.lastModifiedTime().toMillis();
            return new Read(file, age > SETTLED_MILLIS, state);
        }

        boolean isOf(BasicFileAttributes now) {
            return settled
                    && now.size() == file.size()
                    && now.lastModifiedTime().equals(file.lastModifiedTime())
                    && Objects.equals(now.fileKey(), file.fileKey());
        }
    }

    private final MachineFiles files;
    private final Map<Integer, Read> known = new HashMap<>();

    FileDomains(MachineFiles files) {
        this.files = files;
    }

    @Override
    public List<DomainState> list() {
        try (Stream<Path> all = Files.list(files.domains())) {
            int[] domids = all.map(file -> Domid.parse(String.valueOf(file.getFileName())))
                    .flatMapToInt(OptionalInt::stream)
                    .sorted()
                    .toArray();
            return IntStream.concat(
                            IntStream.of(Domid.DOM0), IntStream.of(domids).filter(domid -> domid != Domid.DOM0))
                    .mapToObj(this::find)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the domains in " + files.domains() + " cannot be listed", e);
        }
    }

    @Override
    public Optional<DomainState> find(int domid) {
        if (domid == Domid.DOM0) {
            return Optional.of(DOM0);
        }
        Path file = files.domain(domid);
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            Read read = known.get(domid);
            if (read == null || !read.isOf(now)) {
                read = Read.of(now, read(domid, file));
                known.put(domid, read);
            }
            return Optional.of(read.state());
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("domain " + domid + " cannot be looked at in " + file, e);
        }
    }

    private static DomainState read(int domid, Path file) throws IOException {
        String[] words =
                Files.readString(file, StandardCharsets.US_ASCII).strip().split("\\s+");
        return state(domid, words[0], uniqueId(file, words));
    }

    private static DomainState state(int domid, String word, long uniqueId) {
        Life life = switch (word) {
            case "dying" -> Life.DEAD;
            case "dying-only" -> Life.DYING;
            default -> Life.ALIVE;
        };
        int code = shutdownCode(word);
        return new DomainState(domid, uniqueId, life, code != DomainState.NO_SHUTDOWN_CODE, code, Set.of());
    }

    private static int shutdownCode(String word) {
        if (word.equals("crashed")) {
            return CRASHED;
        }
        if (!word.startsWith("shutdown")) {
            return DomainState.NO_SHUTDOWN_CODE;
        }
        return Numbers.decimalInt(word.substring(word.indexOf(':') + 1), DomainState.NO_SHUTDOWN_CODE - 1)
                .orElse(0);
    }

    /** Without a word on it, what tells this file from those before it. */
    private static long uniqueId(Path file, String[] words) throws IOException {
        for (String word : words) {
            if (word.startsWith("uid=")) {
                return Long.parseLong(word.substring("uid=".length()));
            }
        }
        return (long) Files.getAttribute(file, "unix:ino");
    }

    /** The machine keeps no record. */
    @Override
    public boolean recordsChanges() {
        return false;
    }

    @Override
    public List<Integer> takeChanged() {
        return List.of();
    }
}
