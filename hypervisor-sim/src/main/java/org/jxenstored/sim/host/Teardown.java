package org.jxenstored.sim.host;

import java.util.List;
import java.util.function.Predicate;

/** The preemptible part of a destruction (lifecycle.md 7 steps 3 to 5). All calls are made under the host's lock. */
final class Teardown {
    private enum Phase {
        GRANT_MAPS,
        EVENT_CHANNELS,
        DEVICES,
        MEMORY,
        DONE
    }

    private final SimDomain domain;
    private Phase phase = Phase.GRANT_MAPS;

    Teardown(SimDomain domain) {
        this.domain = domain;
    }

    /** Does one step; true if nothing is left to do. */
    boolean step() {
        phase = switch (phase) {
            case GRANT_MAPS -> {
                unmap(mapping -> mapping.kind() instanceof MapKind.Grant);
                yield Phase.EVENT_CHANNELS;
            }
            case EVENT_CHANNELS -> {
                domain.ports.closeAll();
                domain.host.exceptions().destroyed(domain);
                yield Phase.DEVICES;
            }
            case DEVICES -> {
                unmap(_ -> true);
                domain.ioreqServers.destroyAll();
                yield Phase.MEMORY;
            }
            case MEMORY -> domain.memory.giveUpSome() ? Phase.DONE : Phase.MEMORY;
            case DONE -> Phase.DONE;
        };
        return phase == Phase.DONE;
    }

    private void unmap(Predicate<Mapping> which) {
        List.copyOf(domain.mappings).stream().filter(which).forEach(Mapping::revoke);
    }
}
