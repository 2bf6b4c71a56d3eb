package org.jxenstored.it.life;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds what is told about domains against the rules of lifecycle.md 9.
 *
 * <p>Each INTRODUCE opens a period, which is told by {@code @introduceDomain} and then {@code @introduceDomain/N}. Its
 * end, by death or RELEASE, is told exactly once: {@code @releaseDomain} and right after it {@code @releaseDomain/N}.
 * Within a period each shutdown that the daemon sees, once until RESUME, is told by {@code @releaseDomain/N}, and by a
 * plain event after it, which the end of another domain may be (L-SCAN-9). So where a shutdown and the death after
 * it are seen by the same scan, each of them is told once: the last {@code /N} of a period is its end, all
 * before it are shutdowns, and a domain that was not shut down has none of these.
 */
final class ReleaseLedger {
    private static final String RELEASE_EACH = SpecialEvents.RELEASE + "/";
    private static final String INTRODUCE_EACH = SpecialEvents.INTRODUCE + "/";

    /**
     * Something that was told or asked.
     *
     * @param path of an event, or {@code resume/N}
     * @param down true if the domain in it was, or may have been, shut down at that moment
     */
    private record Item(long millis, String path, boolean down) {
        boolean is(String plain) {
            return path.equals(plain);
        }

        /** The domid after this prefix, or -1. */
        int domid(String prefix) {
            return path.startsWith(prefix) ? Integer.parseInt(path.substring(prefix.length())) : -1;
        }
    }

    private static final String RESUME = "resume/";

    private final List<Item> items = new ArrayList<>();

    /** The open periods; true if a shutdown was told and no RESUME came since. */
    private final Map<Integer, Boolean> reported = new TreeMap<>();

    private long judged;

    /** An event came. */
    void told(SpecialEvents.Event event, boolean down) {
        items.add(new Item(event.millis(), event.path(), down));
    }

    /** RESUME is about to be asked for; all that was to be told before has been told. */
    void resuming(int domid) {
        items.add(new Item(0, RESUME + domid, false));
    }

    /** Another daemon runs: what the earlier one did not tell is lost. */
    void startOver(Map<Integer, Boolean> adopted) {
        items.clear();
        reported.clear();
        reported.putAll(adopted);
    }

    /** True if a shutdown of this domain was told and no RESUME came since. */
    boolean isShutdownReported(int domid) {
        return reported.getOrDefault(domid, false);
    }

    /** How many events were held against the rules. */
    long judged() {
        return judged;
    }

    /** Judges all that was told, now that the daemon has seen everything. */
    void judge(Set<Integer> introducedNow) {
        Set<Integer> ends = findEnds(introducedNow);
        boolean plainOwed = false;
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            int released = item.domid(RELEASE_EACH);
            if (item.is(SpecialEvents.RELEASE)) {
                boolean ofAnEnd = ends.contains(next(i, 1));
                require(ofAnEnd || plainOwed, "a plain @releaseDomain for nothing", i);
                plainOwed = false;
            } else if (released >= 0 && ends.contains(i)) {
                require(
                        isAt(next(i, -1), SpecialEvents.RELEASE),
                        "no plain @releaseDomain before the one of the end",
                        i);
                reported.remove(released);
            } else if (released >= 0) {
                require(item.down(), "a domain that is not shut down is told of", i);
                @Nullable Boolean before = reported.put(released, true);
                require(Boolean.FALSE.equals(before), "a shutdown is told twice", i);
                plainOwed = true;
            } else if (item.domid(INTRODUCE_EACH) >= 0) {
                require(isAt(next(i, -1), SpecialEvents.INTRODUCE), "no plain @introduceDomain", i);
                reported.put(item.domid(INTRODUCE_EACH), false);
            } else if (item.domid(RESUME) >= 0) {
                reported.computeIfPresent(item.domid(RESUME), (_, _) -> false);
            }
        }
        require(!plainOwed, "no plain @releaseDomain after a shutdown", items.size() - 1);
        judged += items.size();
        items.clear();
    }

    private boolean isAt(int index, String plain) {
        return index >= 0 && items.get(index).is(plain);
    }

    /** Where the next event in this direction is. */
    private int next(int index, int step) {
        int at = index + step;
        while (at >= 0 && at < items.size() && items.get(at).domid(RESUME) >= 0) {
            at += step;
        }
        return at;
    }

    /** Where in the list the ends of periods are. */
    private Set<Integer> findEnds(Set<Integer> introducedNow) {
        Set<Integer> ends = new HashSet<>();
        Map<Integer, List<Integer>> places = new TreeMap<>();
        for (int i = 0; i < items.size(); i++) {
            int domid = Math.max(items.get(i).domid(RELEASE_EACH), items.get(i).domid(INTRODUCE_EACH));
            if (domid >= 0) {
                places.computeIfAbsent(domid, _ -> new ArrayList<>()).add(i);
            }
        }
        Set<Integer> domids = new TreeSet<>(places.keySet());
        domids.addAll(reported.keySet());
        domids.addAll(introducedNow);
        domids.forEach(
                domid -> findEnds(domid, places.getOrDefault(domid, List.of()), introducedNow.contains(domid), ends));
        return ends;
    }

    private void findEnds(int domid, List<Integer> places, boolean introducedNow, Set<Integer> ends) {
        boolean open = reported.containsKey(domid);
        int lastRelease = -1;
        for (int place : places) {
            if (items.get(place).domid(RELEASE_EACH) >= 0) {
                require(open, "a domain that is not introduced is told of", place);
                lastRelease = place;
            } else {
                require(!open || lastRelease >= 0, "introduced anew, but the end before that was not told", place);
                if (open) {
                    ends.add(lastRelease);
                }
                open = true;
                lastRelease = -1;
            }
        }
        if (open && !introducedNow) {
            require(lastRelease >= 0, "the end of domain " + domid + " was not told", items.size() - 1);
            ends.add(lastRelease);
            open = false;
        }
        require(open == introducedNow, "the introduction of domain " + domid + " was not told", items.size() - 1);
    }

    private void require(boolean so, String otherwise, int index) {
        if (!so) {
            StringBuilder all = new StringBuilder(otherwise + ", see number " + index + " of what was told:");
            for (int i = 0; i < items.size(); i++) {
                all.append("\n  ").append(i).append(": ").append(items.get(i));
            }
            throw new AssertionError(all.append("\n  open before: ").append(reported));
        }
    }
}
