package org.jxenstored.sim.toolstack;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jxenstored.sim.host.SimDomain;

/** A guest in the records of the toolstack. */
final class Guest {
    private final SimDomain domain;
    private final GuestConfig config;
    private final UUID uuid;
    private final GuestNodes nodes;

    /** Held by whoever builds it up or takes it down: one at a time for each guest, as libxl does. */
    private final ReentrantLock undertaking = new ReentrantLock();

    private final AtomicBoolean shutdownSeen = new AtomicBoolean();
    private final AtomicBoolean deathSeen = new AtomicBoolean();
    private volatile String name;
    private volatile Optional<Guest> target = Optional.empty();
    private volatile List<Device> devices = List.of();
    private volatile Optional<RunningDeviceModel> deviceModel = Optional.empty();

    Guest(SimDomain domain, GuestConfig config, UUID uuid) {
        this.domain = domain;
        this.config = config;
        this.uuid = uuid;
        this.name = config.name();
        this.nodes = new GuestNodes(domain, uuid, config.kernel().servesDevices());
    }

    /** A UUID that no other domain of the host gets, and the same one in each run. */
    static UUID newUuid(SimDomain domain) {
        return UUID.nameUUIDFromBytes(
                ByteBuffer.allocate(Long.BYTES).putLong(domain.uniqueId()).array());
    }

    SimDomain domain() {
        return domain;
    }

    GuestConfig config() {
        return config;
    }

    UUID uuid() {
        return uuid;
    }

    GuestNodes nodes() {
        return nodes;
    }

    ReentrantLock undertaking() {
        return undertaking;
    }

    /** The configuration's name, unless it was renamed. */
    String name() {
        return name;
    }

    void rename(String wanted) {
        name = wanted;
    }

    /** Whose device model it is, if it is a stub domain. */
    Optional<Guest> target() {
        return target;
    }

    void setTarget(Guest served) {
        target = Optional.of(served);
    }

    List<Device> devices() {
        return devices;
    }

    void setDevices(List<Device> present) {
        devices = List.copyOf(present);
    }

    Optional<RunningDeviceModel> deviceModel() {
        return deviceModel;
    }

    void setDeviceModel(Optional<RunningDeviceModel> running) {
        deviceModel = running;
    }

    /** True for the first who sees that it shut down. */
    boolean claimShutdown() {
        return shutdownSeen.compareAndSet(false, true);
    }

    /** True for the first who sees that it died, which it can do after its shutdown was dealt with. */
    boolean claimDeath() {
        return deathSeen.compareAndSet(false, true);
    }

    /** It runs again. */
    void revived() {
        shutdownSeen.set(false);
    }

    @Override
    public String toString() {
        return name + " (" + domain + ")";
    }
}
