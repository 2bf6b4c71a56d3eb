package org.jxenstored.sim.toolstack;

import java.util.Optional;
import java.util.OptionalInt;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.sim.host.SimDomain;

/** Finds domains by what people call them. */
final class Finder {
    static final String DOM0_NAME = "Domain-0";

    private final Means means;

    Finder(Means means) {
        this.means = means;
    }

    /** The domain with this name or domid. */
    Optional<SimDomain> find(String nameOrDomid) {
        OptionalInt domid = Domid.parse(nameOrDomid);
        if (domid.isPresent()) {
            return means.host().find(domid.getAsInt());
        }
        if (nameOrDomid.equals(DOM0_NAME)) {
            return Optional.of(means.host().dom0());
        }
        Optional<Guest> known = means.records().find(nameOrDomid);
        return known.isPresent()
                ? known.map(Guest::domain)
                : means.host().list().stream()
                        .filter(domain -> means.records().find(domain).isEmpty())
                        .filter(domain -> nameOf(domain).equals(Optional.of(nameOrDomid)))
                        .findFirst();
    }

    /** As {@link #find}; ENOENT if there is none. */
    SimDomain require(String nameOrDomid) throws ToolstackException {
        return find(nameOrDomid)
                .orElseThrow(() -> new ToolstackException(
                        Errno.ENOENT, "there is no domain '" + nameOrDomid + "': 'sim list' shows those that exist"));
    }

    /** What the store calls it; empty for a zombie. */
    Optional<String> nameOf(SimDomain domain) {
        Optional<String> name = means.store()
                .readIfPresent(NodePath.homeOf(domain.domid()) + "/name")
                .map(Value::text);
        return name.isPresent() ? name : Toolstack.nameWithoutStore(domain);
    }

    /** The guest in the records; one without devices for a domain that somebody else made. */
    Guest guest(SimDomain domain) {
        return means.records()
                .find(domain)
                .orElseGet(() -> new Guest(
                        domain,
                        GuestConfig.named("domain-" + domain.domid()).withDomain(domain.config()),
                        Guest.newUuid(domain)));
    }
}
