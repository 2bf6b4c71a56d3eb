package org.jxenstored.sim.host;

import java.util.concurrent.CountDownLatch;

/** The time a kernel spends inside a suspend: it ends with a resume, or with the kernel. */
final class Sleep {
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean resumed;

    void end(boolean byResume) {
        resumed = byResume;
        over.countDown();
    }

    /** Blocks; true if the domain goes on, false if it was destroyed or reset. */
    boolean await() throws InterruptedException {
        over.await();
        return resumed;
    }
}
