package org.jxenstored.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jxenstored.protocol.SpecialPath;

/** Watches on names that start with {@code @}, by the exact name. */
final class SpecialWatches {
    private final Map<String, List<Watch>> byName = new HashMap<>();

    void add(SpecialPath path, Watch watch) {
        byName.computeIfAbsent(path.text(), _ -> new ArrayList<>()).add(watch);
    }

    void remove(SpecialPath path, Watch watch) {
        byName.computeIfPresent(path.text(), (_, watches) -> {
            watches.remove(watch);
            return watches.isEmpty() ? null : watches;
        });
    }

    private List<Watch> on(String name) {
        return byName.getOrDefault(name, List.of());
    }

    /** For changed permissions: the subtree rule on the literal name, with its oddity of {@code @} (S-MATCH-3). */
    List<Watch> onOrAbove(SpecialPath changed) {
        String name = changed.text();
        List<Watch> found = new ArrayList<>(on("@"));
        int slashes = (int) name.chars().filter(c -> c == '/').count();
        for (int end = name.indexOf('/'), below = slashes; end >= 0; end = name.indexOf('/', end + 1), below--) {
            addReaching(found, on(name.substring(0, end)), below);
        }
        if (name.length() > 1) {
            found.addAll(on(name));
        }
        return found;
    }

    private static void addReaching(List<Watch> found, List<Watch> watches, int levelsBelow) {
        watches.stream().filter(watch -> watch.reaches(levelsBelow)).forEach(found::add);
    }

    /** Those on the name itself, without a depth. */
    List<Watch> plain(SpecialPath name) {
        List<Watch> found = new ArrayList<>();
        on(name.text()).stream()
                .filter(watch -> watch.depth() == Watch.ANY_DEPTH)
                .forEach(found::add);
        return found;
    }

    /** Those on the name with the domid, and those on the name itself with a depth above 0. */
    List<Watch> ofDomain(SpecialPath name, SpecialPath withDomid) {
        List<Watch> found = new ArrayList<>(on(withDomid.text()));
        on(name.text()).stream().filter(watch -> watch.depth() > 0).forEach(found::add);
        return found;
    }

    List<Watch> all() {
        return byName.values().stream().flatMap(List::stream).toList();
    }
}
