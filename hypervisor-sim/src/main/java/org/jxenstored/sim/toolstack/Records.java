package org.jxenstored.sim.toolstack;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.host.SimDomain;

/**
 * What a toolstack keeps in files of dom0: the configurations of its guests, images of saved ones, recent domids.
 *
 * <p>It outlives connections to the store, and so do the guests.
 */
public final class Records {
    /** How long libxl lets a domid rest (L-REUSE-2). */
    public static final Duration USUAL_REUSE_TIMEOUT = Duration.ofSeconds(60);

    private final ConcurrentSkipListMap<Integer, Guest> guests = new ConcurrentSkipListMap<>();

    /** Guests that were destroyed, until the watch over deaths has seen their end. */
    private final ConcurrentSkipListMap<Integer, Guest> destroyed = new ConcurrentSkipListMap<>();

    private final Map<String, Boolean> names = new ConcurrentHashMap<>();
    private final Map<String, SavedGuest> images = new ConcurrentHashMap<>();
    private final DomidHistory history;

    /** Empty records, and the usual rest for domids. */
    public Records() {
        this(USUAL_REUSE_TIMEOUT);
    }

    /**
     * Empty records.
     *
     * @param reuseTimeout how long a domid rests after its domain is destroyed; zero switches the rule off
     */
    public Records(Duration reuseTimeout) {
        this.history = new DomidHistory(reuseTimeout);
    }

    DomidHistory history() {
        return history;
    }

    /** From now on nobody else can call a guest so; EEXIST if somebody does. */
    void takeName(String name) throws ToolstackException {
        if (names.putIfAbsent(name, true) != null) {
            throw new ToolstackException(
                    Errno.EEXIST, "a domain with the name '" + name + "' exists: destroy it, or use another name");
        }
    }

    void giveNameBack(String name) {
        names.remove(name);
    }

    void add(Guest guest) {
        guests.put(guest.domain().domid(), guest);
    }

    /** Its domain is being destroyed. */
    void moveToDestroyed(Guest guest) {
        guests.remove(guest.domain().domid(), guest);
        destroyed.put(guest.domain().domid(), guest);
    }

    void forgetDestroyed(Guest guest) {
        destroyed.remove(guest.domain().domid(), guest);
    }

    /** All guests that are not destroyed, by domid. */
    List<Guest> guests() {
        return List.copyOf(guests.values());
    }

    List<Guest> destroyed() {
        return List.copyOf(destroyed.values());
    }

    Optional<Guest> find(SimDomain domain) {
        return Optional.ofNullable(guests.get(domain.domid())).filter(guest -> guest.domain() == domain);
    }

    Optional<Guest> find(String name) {
        return guests.values().stream()
                .filter(guest -> guest.name().equals(name))
                .findFirst();
    }

    /** The stub domain that is the device model of this guest. */
    Optional<Guest> stubDomainOf(Guest served) {
        return guests.values().stream()
                .filter(guest -> guest.target().equals(Optional.of(served)))
                .findFirst();
    }

    /** True if another guest goes on under the same UUID. */
    boolean hasTwin(Guest one) {
        return guests.values().stream()
                .anyMatch(other -> other != one && other.uuid().equals(one.uuid()));
    }

    /** The image saved under this name; saving again replaces it. */
    Optional<SavedGuest> image(String name) {
        return Optional.ofNullable(images.get(name));
    }

    void keepImage(SavedGuest image) {
        images.put(image.config().name(), image);
    }

    void dropImage(String name) {
        images.remove(name);
    }
}
