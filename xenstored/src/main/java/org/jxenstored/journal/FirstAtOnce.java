package org.jxenstored.journal;

import java.util.concurrent.Executor;

/** Does what comes first before anything else goes on, and has another do the rest. */
final class FirstAtOnce implements Executor {
    private final Executor rest;
    private boolean did;

    FirstAtOnce(Executor rest) {
        this.rest = rest;
    }

    @Override
    public void execute(Runnable work) {
        if (did) {
            rest.execute(work);
        } else {
            did = true;
            work.run();
        }
    }
}
