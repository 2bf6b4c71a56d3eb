package org.jxenstored.sim.guest;

import org.jxenstored.client.AccessDeniedException;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Domid;
import org.jxenstored.sim.xenbus.Driver;
import org.jxenstored.sim.xenbus.Xenbus;

/** Offers the toolstack an event channel by which it can ask for a suspend (L-SUSP-1). */
final class SuspendChannel implements Driver {
    private static final String NODE = "device/suspend/event-channel";

    private final Power power;

    SuspendChannel(Power power) {
        this.power = power;
    }

    @Override
    public void start(Xenbus xenbus) throws HypervisorException {
        int port = xenbus.domain().ports().allocateUnbound(Domid.DOM0);
        xenbus.domain().ports().handle(port, false, _ -> power.suspendSoon());
        try {
            xenbus.client().write(NODE, Integer.toString(port));
        } catch (AccessDeniedException unwanted) {
            // The toolstack has made no such node: it will ask in control/shutdown.
            xenbus.domain().ports().close(port);
        }
    }
}
