package org.jxenstored.sim.toolstack;

import java.time.Duration;
import java.util.Optional;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.host.SimDomain;

/** Brings guests into other domains: saving, restoring, migrating on this host (L-SUSP-8). */
final class Moving {
    /** What a guest is called while its predecessor still exists. */
    private static final String INCOMING = "--incoming";

    private final Means means;
    private final Asking asking;
    private final Resumption resumption;
    private final Creation creation;
    private final Destruction destruction;

    Moving(Means means, Asking asking, Resumption resumption, Creation creation, Destruction destruction) {
        this.means = means;
        this.asking = asking;
        this.resumption = resumption;
        this.creation = creation;
        this.destruction = destruction;
    }

    /** Suspends the guest, keeps an image of it, ends its domain. */
    SavedGuest save(Guest guest, Duration patience) throws ToolstackException, HypervisorException {
        asking.suspend(guest, patience);
        SavedGuest image = imageOf(guest, guest.name());
        means.records().keepImage(image);
        destruction.run(guest);
        return image;
    }

    private static SavedGuest imageOf(Guest guest, String name) {
        return new SavedGuest(guest.config().withName(name), guest.uuid());
    }

    /** Gives the guest saved under this name a new domain, with this domid or any; the image is used up. */
    SimDomain restore(String name, int domid) throws ToolstackException, HypervisorException {
        SavedGuest image = means.records()
                .image(name)
                .orElseThrow(() -> new ToolstackException(
                        Errno.ENOENT, "there is no saved guest '" + name + "': 'sim save " + name + "' saves one"));
        Guest guest = creation.restore(image.config().withDomid(domid), image.uuid());
        means.records().dropImage(name);
        return guest.domain();
    }

    /** Suspends the guest, gives it a new domain, and ends the old one; goes on in the old one if that fails. */
    SimDomain migrate(Guest source, Duration patience) throws ToolstackException, HypervisorException {
        String name = source.name();
        asking.suspend(source, patience);
        Guest incoming = arrive(source, name);
        destruction.run(source);
        rename(incoming, name);
        return incoming.domain();
    }

    /** With its device model, if that is a domain. */
    private void rename(Guest guest, String name) throws ToolstackException {
        means.records().takeName(name);
        means.records().giveNameBack(guest.name());
        guest.rename(name);
        means.inTransaction(transaction -> guest.nodes().rename(transaction, name));
        means.host().timeline().name(guest.domain().uniqueId(), name);
        for (Guest other : means.records().guests()) {
            if (other.target().equals(Optional.of(guest))) {
                rename(other, Creation.stubDomainOf(name));
            }
        }
    }

    private Guest arrive(Guest source, String name) throws ToolstackException, HypervisorException {
        SavedGuest image = imageOf(source, name + INCOMING);
        try {
            return creation.restore(image.config().withDomid(Domid.ANY), image.uuid());
        } catch (ToolstackException | HypervisorException failure) {
            means.inTransaction(transaction -> source.nodes().createVm(transaction, name));
            resumption.run(source);
            throw failure;
        }
    }
}
