package org.jxenstored.sim.toolstack;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jxenstored.client.XenstoreException;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.SimDomain;

/** Makes a guest, in the order libxl does (lifecycle.md 3); a failure half way undoes everything. */
final class Creation {
    private final Means means;
    private final Devices devices;
    private final DeviceModels deviceModels;
    private final Destruction destruction;

    Creation(Means means, Devices devices, DeviceModels deviceModels, Destruction destruction) {
        this.means = means;
        this.devices = devices;
        this.deviceModels = deviceModels;
        this.destruction = destruction;
    }

    /** A guest that boots, with a UUID of its own. */
    Guest boot(GuestConfig config) throws ToolstackException, HypervisorException {
        return create(config, Optional.empty(), false);
    }

    /** A guest that boots as it did in an earlier life. */
    Guest boot(GuestConfig config, UUID uuid) throws ToolstackException, HypervisorException {
        return create(config, Optional.of(uuid), false);
    }

    /** A guest that goes on where an image of it was made. */
    Guest restore(GuestConfig config, UUID uuid) throws ToolstackException, HypervisorException {
        return create(config, Optional.of(uuid), true);
    }

    private Guest create(GuestConfig config, Optional<UUID> uuid, boolean restored)
            throws ToolstackException, HypervisorException {
        requireUsable(config.name());
        means.records().takeName(config.name());
        Guest guest;
        try {
            SimDomain domain = allocate(config.domain());
            guest = new Guest(domain, config, uuid.orElseGet(() -> Guest.newUuid(domain)));
        } catch (ToolstackException | HypervisorException refusal) {
            means.records().giveNameBack(config.name());
            throw refusal;
        }
        guest.undertaking().lock();
        try {
            means.records().add(guest);
            build(guest, restored);
            return guest;
        } catch (ToolstackException | HypervisorException | XenstoreException failure) {
            throw undone(guest, failure);
        } finally {
            guest.undertaking().unlock();
        }
    }

    private static void requireUsable(String name) throws ToolstackException {
        if (name.isEmpty() || Domid.parse(name).isPresent()) {
            throw new ToolstackException(
                    Errno.EPERM, "'" + name + "' cannot be a name, it looks like a domid: use a word");
        }
        if (name.startsWith("-") || name.equals(Finder.DOM0_NAME)) {
            throw new ToolstackException(Errno.EPERM, "'" + name + "' cannot be the name of a guest: use another word");
        }
    }

    /** A domain whose id did not belong to another one a moment ago (L-REUSE-2). */
    private SimDomain allocate(DomainConfig wanted) throws ToolstackException, HypervisorException {
        Set<Integer> refused = new HashSet<>();
        while (true) {
            SimDomain domain = means.host().createDomain(wanted);
            Optional<Duration> rest =
                    means.records().history().rest(domain.domid(), means.time().millis());
            if (rest.isEmpty()) {
                return domain;
            }
            domain.destroy();
            if (wanted.domid() != Domid.ANY || !refused.add(domain.domid())) {
                throw new ToolstackException(
                        Errno.EBUSY,
                        "domid " + domain.domid() + " was in use a moment ago and rests for another "
                                + (rest.get().toSeconds() + 1)
                                + " s: wait, choose another, or start the daemon with domid-reuse-timeout=0");
            }
        }
    }

    private void build(Guest guest, boolean restored) throws ToolstackException, HypervisorException {
        SimDomain domain = guest.domain();
        GuestConfig config = guest.config();
        means.host().timeline().name(domain.uniqueId(), guest.name());
        domain.load(
                restored
                        ? Kernels.restored(domain, config.kernel())
                        : Kernels.booting(domain, config.kernel()));
        introduce(guest);
        addDevices(guest);
        domain.unpause();
    }

    /** The nodes, then the ring: what a new domain needs and one that was reset. */
    void introduce(Guest guest) throws HypervisorException {
        SimDomain domain = guest.domain();
        int domid = domain.domid();
        int port = domain.prepareStore(means.storeDomid());
        means.inTransaction(transaction -> guest.nodes().create(transaction, guest.name()));
        means.tellsStore(guest, "nodes of domain " + domid + ", in one transaction");
        guest.config().features().ifPresent(bits -> {
            means.store().setFeatures(domid, bits);
            means.tellsStore(guest, "SET_FEATURE " + domid + " " + bits);
        });
        means.store().introduce(domid, domain.storeGfn(), port);
        means.tellsStore(guest, "INTRODUCE " + domid);
        guest.config().quotas().forEach((quota, value) -> {
            means.store().setQuota(domid, quota, value);
            means.tellsStore(guest, "SET_QUOTA " + domid + " " + quota + " " + value);
        });
    }

    /** Devices and device model; both are ready when this returns. */
    void addDevices(Guest guest) throws ToolstackException, HypervisorException {
        devices.add(guest);
        devices.awaitBackends(guest);
        deviceModels.start(guest);
    }

    private ToolstackException undone(Guest guest, Exception failure) {
        try {
            destruction.run(guest);
        } catch (ToolstackException | HypervisorException | XenstoreException another) {
            failure.addSuppressed(another);
        }
        Errno errno =
                switch (failure) {
                    case ToolstackException refusal -> refusal.errno();
                    case HypervisorException refusal -> refusal.errno();
                    case org.jxenstored.client.RequestFailedException refusal -> refusal.errno();
                    default -> Errno.EIO;
                };
        return new ToolstackException(
                errno, "the guest '" + guest.name() + "' was not created: " + failure.getMessage(), failure);
    }
}
