package org.jxenstored.sim.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Numbers;
import org.jxenstored.protocol.Value;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.xenbus.Driver;
import org.jxenstored.sim.xenbus.Xenbus;

/** Starts and stops the virtual CPUs as {@code cpu/N/availability} says; the first one always runs. */
final class Vcpus implements Driver {
    private static final String ROOT = "cpu";
    private static final String ONLINE = "online";
    private static final String OFFLINE = "offline";

    private final List<Boolean> running = new ArrayList<>();

    @Override
    public void start(Xenbus xenbus) {
        int count = xenbus.domain().config().vcpus();
        for (int vcpu = 0; vcpu < count; vcpu++) {
            running.add(vcpu == 0);
        }
        if (count > 1) {
            var _ = xenbus.watch(ROOT, path -> fired(xenbus, path));
        }
    }

    private void fired(Xenbus xenbus, String path) throws HypervisorException {
        String[] names = path.split("/", -1);
        if (names.length > 1) {
            OptionalInt vcpu = Numbers.decimalInt(names[1], running.size() - 1);
            if (vcpu.isPresent()) {
                look(xenbus, vcpu.getAsInt());
            }
            return;
        }
        for (int vcpu = 0; vcpu < running.size(); vcpu++) {
            look(xenbus, vcpu);
        }
    }

    private void look(Xenbus xenbus, int vcpu) throws HypervisorException {
        if (vcpu == 0) {
            return;
        }
        SimDomain domain = xenbus.domain();
        Optional<String> wanted = xenbus.client()
                .readIfPresent(ROOT + "/" + vcpu + "/availability")
                .map(Value::text);
        boolean runs = running.get(vcpu);
        if (!runs && wanted.equals(Optional.of(ONLINE))) {
            domain.startVcpu(vcpu);
            running.set(vcpu, true);
        } else if (runs && wanted.equals(Optional.of(OFFLINE))) {
            domain.stopVcpu(vcpu);
            running.set(vcpu, false);
        }
    }
}
