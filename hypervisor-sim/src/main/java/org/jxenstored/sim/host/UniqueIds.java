package org.jxenstored.sim.host;

/** Unique ids of domains: a pseudo-random sequence that never gives 0 and never repeats (L-ID-2). */
final class UniqueIds {
    // An odd step walks through all 2^64 values before it repeats one, and the mixing below is a bijection.
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private long position;

    UniqueIds(long seed) {
        this.position = seed;
    }

    long next() {
        long id;
        do {
            position += STEP;
            id = mix(position);
        } while (id == 0);
        return id;
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 32)) * 0xd6e8feb86659fd93L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xd6e8feb86659fd93L;
        return mixed ^ (mixed >>> 32);
    }
}
