package org.jxenstored.it.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jxenstored.it.search.MemoryDisk.Image;
import org.jxenstored.it.search.MemoryDisk.MemoryFile;

/**
 * What of a {@link MemoryDisk} outlives a loss of power: what was synced, and of all else what chance has written out
 * by then, in no order.
 */
final class StableStorage {
    /** What is written out as a whole or not at all, bytes. */
    private static final int PAGE = 4096;

    private static final byte[] NOTHING = new byte[0];

    private final Map<String, MemoryFile> names = new TreeMap<>();

    /** What was done to names since they were synced. */
    private final List<Consumer<Map<String, MemoryFile>>> changes = new ArrayList<>();

    private final Map<MemoryFile, byte[]> synced = new HashMap<>();

    void created(String name, MemoryFile file) {
        changes.add(then -> then.put(name, file));
    }

    void removed(String name) {
        changes.add(then -> then.remove(name));
    }

    void renamed(String from, String to, MemoryFile file) {
        changes.add(then -> {
            then.remove(from, file);
            then.put(to, file);
        });
    }

    /** The file is there to stay as it is now, under the names it has. */
    void sync(MemoryFile file) {
        synced.put(file, file.bytes());
    }

    /** All names are there to stay. */
    void syncNames() {
        changes.forEach(change -> change.accept(names));
        changes.clear();
        synced.keySet().retainAll(names.values());
    }

    /** True if a loss of power can bring it back. */
    boolean holds(MemoryFile file) {
        return names.containsValue(file);
    }

    /** From now on this is what is there. */
    void reset(Map<String, MemoryFile> now) {
        changes.clear();
        names.clear();
        synced.clear();
        names.putAll(now);
        now.values().forEach(this::sync);
    }

    /** What is there if the power is lost now. */
    Image afterLoss(RandomGenerator chance) {
        Map<String, MemoryFile> left = new TreeMap<>(names);
        for (Consumer<Map<String, MemoryFile>> change : changes) {
            if (chance.nextBoolean()) {
                change.accept(left);
            }
        }
        Map<String, byte[]> files = new TreeMap<>();
        left.forEach((name, file) -> files.put(name, mixed(file, chance)));
        return new Image(files);
    }

    private byte[] mixed(MemoryFile file, RandomGenerator chance) {
        byte[] before = synced.getOrDefault(file, NOTHING);
        byte[] now = file.bytes();
        if (Arrays.equals(before, now)) {
            return before;
        }
        byte[] left = new byte[chance.nextBoolean() ? now.length : before.length];
        for (int page = 0; page < left.length; page += PAGE) {
            byte[] source = chance.nextBoolean() ? now : before;
            int size = Math.min(PAGE, Math.min(left.length, source.length) - page);
            if (size > 0) {
                System.arraycopy(source, page, left, page, size);
            }
        }
        return left;
    }
}
