package org.jxenstored.transaction;

import java.util.List;
import java.util.Random;
import org.jxenstored.transaction.StoreWorld.TestCaller;

/** Requests of dom0 and two guests on a few paths, so that they often meet. */
final class RandomRequests {
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final List<TestCaller> CALLERS =
            List.of(TestCaller.DOM0, TestCaller.DOM0, TestCaller.guest(1), TestCaller.guest(2));
    private static final List<String> PERMISSIONS =
            List.of("n0", "n0 r1", "b0", "n1", "n0 b1 r2", "r2", "w0 n2", "n2 b1");

    private final Random random;

    RandomRequests(Random random) {
        this.random = random;
    }

    TestCaller caller() {
        return CALLERS.get(random.nextInt(CALLERS.size()));
    }

    String next() {
        return switch (random.nextInt(12)) {
            case 0, 1 -> "READ " + path();
            case 2 -> "LS " + path();
            case 3 -> "GETPERMS " + path();
            case 4, 5, 6 -> "WRITE " + path() + " " + random.nextInt(4);
            case 7 -> "MKDIR " + path();
            case 8 -> "RM " + path();
            case 9, 10 -> "PERMS " + path() + " " + PERMISSIONS.get(random.nextInt(PERMISSIONS.size()));
            default -> "PART " + path() + " 0";
        };
    }

    private String path() {
        StringBuilder path = new StringBuilder();
        for (int depth = random.nextInt(4); depth >= 0; depth--) {
            path.append('/').append(NAMES.get(random.nextInt(NAMES.size())));
        }
        return random.nextInt(20) == 0 ? "/" : path.toString();
    }
}
