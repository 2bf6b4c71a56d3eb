package org.jxenstored.it.life;

import java.util.concurrent.Executor;
import java.util.function.IntPredicate;
import org.jxenstored.protocol.Domid;
import org.jxenstored.sim.host.Notification;

/** Carries the notifications of a machine, but loses some that are on their way to the daemon. */
final class LostNotifications implements Executor {
    private final Executor carrier;
    private IntPredicate lost = _ -> false;

    LostNotifications(Executor carrier) {
        this.carrier = carrier;
    }

    /** From now on those for these ports of dom0 are lost. */
    void lose(IntPredicate ports) {
        lost = ports;
    }

    @Override
    public void execute(Runnable work) {
        if (work instanceof Notification news && news.domid() == Domid.DOM0 && lost.test(news.port())) {
            news.lose();
        } else {
            carrier.execute(work);
        }
    }
}
