package org.jxenstored.sim.guest;

/** Ways for programs from outside into simulated domains; told of kernels that begin, and of domains that end. */
public interface Entrances {
    /** No way in. */
    Entrances NONE = new Entrances() {
        @Override
        public void open(Kernel kernel) {}

        @Override
        public void close(int domid) {}
    };

    /** From now on programs may come into the domain of this kernel; an earlier kernel's entrance is closed. */
    void open(Kernel kernel);

    /** The domain is gone, and every program in it. */
    void close(int domid);
}
