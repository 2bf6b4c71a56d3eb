package org.jxenstored.sim.toolstack;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.client.XenstoreException;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.sim.guest.GuestKernel;
import org.jxenstored.sim.guest.ShutdownRequest;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.host.SimHost;

/**
 * Creates and destroys guests in the order libxl does (lifecycle.md 3, L-KILL-5).
 *
 * <p>It needs the host for what libxl does by hypercalls, and a privileged connection to the store. All calls
 * wait for the store; {@link XenstoreException} is thrown if that does not work.
 */
public final class Toolstack {
    private static final String DOM0_NAME = "Domain-0";

    private final SimHost host;
    private final XenstoreClient store;

    public Toolstack(SimHost host, XenstoreClient store) {
        this.host = host;
        this.store = store;
    }

    /**
     * A domain and its name.
     *
     * @param name empty if the store has none, as for a zombie
     */
    public record NamedDomain(SimDomain domain, Optional<String> name) {}

    /**
     * Creates a guest with a small kernel in it, makes its nodes, introduces it and lets it run.
     *
     * @param name one character for each byte; not a number, and not the name of another domain
     */
    public SimDomain create(String name, DomainConfig config) throws ToolstackException, HypervisorException {
        requireUsable(name);
        SimDomain guest = host.createDomain(config);
        GuestNodes nodes = new GuestNodes(guest);
        try {
            int port = guest.prepareStore(Domid.DOM0);
            guest.load(new GuestKernel(guest));
            store.runInTransaction(transaction -> nodes.create(transaction, name));
            store.introduce(guest.domid(), guest.storeGfn(), port);
            guest.unpause();
            return guest;
        } catch (XenstoreException | HypervisorException failure) {
            throw undone(guest, nodes, failure);
        }
    }

    private ToolstackException undone(SimDomain guest, GuestNodes nodes, Exception failure) throws HypervisorException {
        guest.destroy();
        if (store.isOpen()) {
            store.runInTransaction(nodes::remove);
        }
        return new ToolstackException("the guest was not created: " + failure.getMessage(), failure);
    }

    private void requireUsable(String name) throws ToolstackException {
        if (name.isEmpty() || Domid.parse(name).isPresent()) {
            throw new ToolstackException("'" + name + "' cannot be a name, it looks like a domid: use a word");
        }
        if (find(name).isPresent()) {
            throw new ToolstackException("a domain with the name '" + name + "' exists: destroy it, or use another");
        }
    }

    /** All domains, ascending. */
    public List<NamedDomain> list() {
        return host.list().stream()
                .map(domain -> new NamedDomain(domain, nameOf(domain)))
                .toList();
    }

    private Optional<String> nameOf(SimDomain domain) {
        Optional<String> name =
                store.readIfPresent(NodePath.homeOf(domain.domid()) + "/name").map(Value::text);
        return name.isEmpty() && domain == host.dom0() ? Optional.of(DOM0_NAME) : name;
    }

    /** The domain with this name or domid. */
    public Optional<SimDomain> find(String nameOrDomid) {
        OptionalInt domid = Domid.parse(nameOrDomid);
        if (domid.isPresent()) {
            return host.find(domid.getAsInt());
        }
        return list().stream()
                .filter(named -> named.name().equals(Optional.of(nameOrDomid)))
                .map(NamedDomain::domain)
                .findFirst();
    }

    /** Asks the guest's kernel to shut down; it does that in its own time, or never (L-SUSP-3). */
    public void shutdown(SimDomain guest, ShutdownRequest request) throws ToolstackException {
        String node = new GuestNodes(guest).inHome("control/shutdown");
        if (!store.exists(node)) {
            throw new ToolstackException(guest + " has no node " + node + ": it cannot be asked, only destroyed");
        }
        store.write(node, request.word());
    }

    /** Pauses the guest, removes its nodes, destroys it (L-KILL-5). */
    public void destroy(SimDomain guest) throws HypervisorException {
        if (!guest.isPaused()) {
            guest.pause();
        }
        store.runInTransaction(new GuestNodes(guest)::remove);
        guest.destroy();
    }
}
