package org.jxenstored.it.search;

import java.util.ArrayList;
import java.util.List;

/**
 * An introduced domain of the model.
 *
 * @param serial another one for each that is introduced
 * @param target whose rights it shares, or {@link #NO_TARGET}
 * @param watches those of its ring, in order of registration
 */
record NaiveDomain(long serial, int target, long nodesQuota, List<Watch> watches) {
    static final int NO_TARGET = -1;
    static final long USUAL_NODES = 1000;

    /** A watch; relative if it was given so. */
    record Watch(String path, String token, boolean relative) {
        String shown(String event, int domid) {
            return relative ? event.substring(NaiveStore.home(domid).length() + 1) : event;
        }
    }

    static NaiveDomain introduced(long serial) {
        return new NaiveDomain(serial, NO_TARGET, USUAL_NODES, List.of());
    }

    NaiveDomain withTarget(int other) {
        return new NaiveDomain(serial, other, nodesQuota, watches);
    }

    NaiveDomain withQuota(long nodes) {
        return new NaiveDomain(serial, target, nodes, watches);
    }

    NaiveDomain with(Watch watch) {
        List<Watch> more = new ArrayList<>(watches);
        more.add(watch);
        return new NaiveDomain(serial, target, nodesQuota, List.copyOf(more));
    }

    NaiveDomain without(Watch watch) {
        List<Watch> less = new ArrayList<>(watches);
        less.remove(watch);
        return new NaiveDomain(serial, target, nodesQuota, List.copyOf(less));
    }

    NaiveDomain withoutWatches() {
        return new NaiveDomain(serial, target, nodesQuota, List.of());
    }
}
