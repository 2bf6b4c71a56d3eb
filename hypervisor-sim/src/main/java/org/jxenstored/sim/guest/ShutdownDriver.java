package org.jxenstored.sim.guest;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jxenstored.client.Transaction;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Value;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.timeline.Party;
import org.jxenstored.sim.xenbus.Driver;
import org.jxenstored.sim.xenbus.Xenbus;

/** Obeys {@code control/shutdown} (L-SUSP-3): acknowledges a request by the empty text, then does it. */
final class ShutdownDriver implements Driver {
    private static final Logger LOG = System.getLogger(ShutdownDriver.class.getName());
    private static final String SHUTDOWN = "control/shutdown";

    private final Power power;

    ShutdownDriver(Power power) {
        this.power = power;
    }

    @Override
    public void start(Xenbus xenbus) {
        var _ = xenbus.watch(SHUTDOWN, _ -> obey(xenbus));
        boolean _ = xenbus.transaction(ShutdownDriver::writeFeatures);
    }

    private static boolean writeFeatures(Transaction transaction) {
        ShutdownRequest.features().forEach(feature -> transaction.write("control/" + feature, "1"));
        return true;
    }

    private void obey(Xenbus xenbus) throws HypervisorException, InterruptedException {
        String word = xenbus.transaction(ShutdownDriver::takeWord);
        if (word.isEmpty()) {
            return;
        }
        SimDomain domain = xenbus.domain();
        Party self = Party.domain(domain.domid());
        domain.host()
                .timeline()
                .note(domain.uniqueId(), self, Party.XENSTORED, "takes " + word + ": control/shutdown = (empty)");
        Optional<ShutdownRequest> request = ShutdownRequest.of(word);
        if (request.isEmpty()) {
            LOG.log(Level.INFO, "{0} ignores the shutdown request {1}", domain, Value.of(word));
        } else if (request.get() == ShutdownRequest.SUSPEND) {
            power.suspend();
        } else {
            power.shutdown(request.get().code());
        }
    }

    /** Reads the request and acknowledges it, both or none; the empty text if there is none. */
    private static String takeWord(Transaction transaction) {
        String word = transaction.readIfPresent(SHUTDOWN).map(Value::text).orElse("");
        if (!word.isEmpty()) {
            transaction.write(SHUTDOWN, Value.EMPTY);
        }
        return word;
    }
}
