package org.jxenstored.sim.toolstack;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jxenstored.client.RequestFailedException;
import org.jxenstored.client.XenstoreException;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.DomainType;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.timeline.Party;

/** Makes a guest, in the order libxl does (lifecycle.md 3); a failure half way undoes everything. */
final class Creation {
    private static final int STUB_MEMORY_MIB = 32;

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

    /** What is special about a creation. */
    private record Origin(Optional<UUID> uuid, boolean restored, Optional<Guest> target) {
        static final Origin NEW = new Origin(Optional.empty(), false, Optional.empty());
    }

    /** A guest that boots, with a UUID of its own. */
    Guest boot(GuestConfig config) throws ToolstackException, HypervisorException {
        return create(config, Origin.NEW);
    }

    /** A guest that boots as it did in an earlier life. */
    Guest boot(GuestConfig config, UUID uuid) throws ToolstackException, HypervisorException {
        return create(config, new Origin(Optional.of(uuid), false, Optional.empty()));
    }

    /** A guest that goes on where an image of it was made. */
    Guest restore(GuestConfig config, UUID uuid) throws ToolstackException, HypervisorException {
        return create(config, new Origin(Optional.of(uuid), true, Optional.empty()));
    }

    private Guest create(GuestConfig config, Origin origin) throws ToolstackException, HypervisorException {
        requireUsable(config.name());
        means.records().takeName(config.name());
        Guest guest;
        try {
            SimDomain domain = allocate(config.domain());
            guest = new Guest(domain, config, origin.uuid().orElseGet(() -> Guest.newUuid(domain)));
        } catch (ToolstackException | HypervisorException refusal) {
            means.records().giveNameBack(config.name());
            throw refusal;
        }
        origin.target().ifPresent(guest::setTarget);
        guest.undertaking().lock();
        try {
            means.records().add(guest);
            build(guest, origin.restored());
            return guest;
        } catch (ToolstackException | HypervisorException | XenstoreException failure) {
            throw undone(guest, failure);
        } finally {
            guest.undertaking().unlock();
        }
    }

    private static void requireUsable(String name) throws ToolstackException {
        if (name.isEmpty()) {
            throw new ToolstackException(Errno.EPERM, "the name is empty: use a word");
        }
        if (Domid.parse(name).isPresent()) {
            throw new ToolstackException(
                    Errno.EPERM, "'" + name + "' cannot be a name, it looks like a domid: use a word");
        }
        if (name.startsWith("-") || name.equals(Finder.DOM0_NAME) || name.equals(Toolstack.NO_NAME)) {
            throw new ToolstackException(Errno.EPERM, "'" + name + "' cannot be the name of a guest: use another word");
        }
        if (name.chars().anyMatch(Creation::isControlCharacter)) {
            throw new ToolstackException(
                    Errno.EPERM, "the name has a line end, tab or another control character: use a word");
        }
    }

    /** What would tear the table of the list; the bytes of other alphabets are welcome. */
    private static boolean isControlCharacter(int character) {
        return character < ' ' || character == 0x7F;
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
        means.host().timeline().name(domain.uniqueId(), guest.name());
        means.load(restored ? Kernels.restored(guest) : Kernels.booting(guest));
        introduce(guest);
        addDevices(guest);
        domain.unpause();
    }

    /** The nodes, then the ring: what a new domain needs and one that was reset. */
    void introduce(Guest guest) throws HypervisorException {
        SimDomain domain = guest.domain();
        int domid = domain.domid();
        int port = domain.prepareStore(means.storeDomid());
        Optional<Integer> target = guest.target().map(served -> served.domain().domid());
        if (target.isPresent()) {
            domain.setTarget(target.get());
        }
        means.tellsStore(guest, "one transaction: " + guest.nodes().roots());
        means.inTransaction(transaction -> {
            guest.nodes().create(transaction, guest.name());
            target.ifPresent(served -> guest.nodes().createDeviceModel(transaction, served));
        });
        guest.config().features().ifPresent(bits -> {
            means.tellsStore(guest, "SET_FEATURE " + domid + " " + bits);
            means.store().setFeatures(domid, bits);
        });
        means.tellsStore(guest, "INTRODUCE " + domid);
        means.store().introduce(domid, domain.storeGfn(), port);
        if (target.isPresent()) {
            means.tellsStore(guest, "SET_TARGET " + domid + " " + target.get());
            means.store().setTarget(domid, target.get());
        }
        guest.config().quotas().forEach((quota, value) -> {
            means.tellsStore(guest, "SET_QUOTA " + domid + " " + quota + " " + value);
            means.store().setQuota(domid, quota, value);
        });
    }

    /** Devices and device model; both are ready when this returns. */
    void addDevices(Guest guest) throws ToolstackException, HypervisorException {
        devices.add(guest);
        devices.awaitBackends(guest);
        if (guest.config().neededDeviceModel().isPresent()) {
            switch (guest.config().neededDeviceModel().get()) {
                case IN_DOM0 -> {
                    guest.setDeviceModel(Optional.of(deviceModels.startInDom0(guest)));
                    deviceModels.await(guest, Domid.DOM0);
                }
                case STUB_DOMAIN -> addStubDomain(guest);
            }
        }
    }

    /** A small domain that has the guest as its target; nobody restarts it when it ends. */
    private void addStubDomain(Guest guest) throws ToolstackException, HypervisorException {
        DeathAction nothing = DeathAction.PRESERVE;
        GuestConfig config = GuestConfig.named(stubNameOf(guest.name()))
                .withDomain(DomainConfig.SMALL.withType(DomainType.PV).withMemoryMib(STUB_MEMORY_MIB))
                .withDeathActions(new DeathActions(nothing, nothing, nothing, nothing, nothing));
        Guest stub = create(config, new Origin(Optional.empty(), false, Optional.of(guest)));
        guest.setDeviceModel(Optional.of(() -> destruction.runOnce(stub)));
        deviceModels.await(guest, stub.domain().domid());
    }

    /** What the stub domain of a guest with this name is called. */
    static String stubNameOf(String name) {
        return name + "-dm";
    }

    private ToolstackException undone(Guest guest, Exception failure) {
        means.note(guest, Party.TOOLSTACK, Party.TOOLSTACK, "the creation failed: all is undone");
        try {
            destruction.run(guest);
        } catch (ToolstackException | HypervisorException | XenstoreException another) {
            failure.addSuppressed(another);
        }
        Errno errno = switch (failure) {
            case ToolstackException refusal -> refusal.errno();
            case HypervisorException refusal -> refusal.errno();
            case RequestFailedException refusal -> refusal.errno();
            default -> Errno.EIO;
        };
        return new ToolstackException(
                errno, "the guest '" + guest.name() + "' was not created: " + failure.getMessage(), failure);
    }
}
