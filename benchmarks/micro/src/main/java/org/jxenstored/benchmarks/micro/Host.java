package org.jxenstored.benchmarks.micro;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jxenstored.engine.Engine;
import org.jxenstored.engine.EngineConfig;
import org.jxenstored.engine.RingHost.Attachment;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.hypervisor.DomainStates;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.MessageType;

/** The engine of a host with {@value #GUESTS} guests, each with a disk and a network card in the store. */
final class Host {
    static final int GUESTS = 100;

    private final Engine engine;
    private final Client dom0;

    Host() {
        engine = new Engine(
                EngineConfig.DEFAULT,
                new Guests(),
                (_, _, _) -> new Attachment.Refused(Errno.EINVAL, "there are no rings here"),
                () -> 0,
                new Silence());
        dom0 = Client.of(engine, engine::connectSocket);
        for (int domid = 1; domid <= GUESTS; domid++) {
            furnish(domid);
        }
    }

    /** What a toolstack writes for a guest, in short. */
    private void furnish(int domid) {
        String home = "/local/domain/" + domid;
        dom0.write(home, "");
        dom0.ask(MessageType.SET_PERMS, home + "\0n" + domid + "\0");
        for (String name : List.of("name", "vm", "memory/target", "memory/static-max", "control/shutdown", "domid")) {
            dom0.write(home + '/' + name, "value of " + name);
        }
        for (String device : List.of("vbd/51712", "vif/0")) {
            for (String name : List.of("backend", "backend-id", "state", "handle", "event-channel", "ring-ref")) {
                dom0.write(home + "/device/" + device + '/' + name, "4");
            }
        }
    }

    Engine engine() {
        return engine;
    }

    /** A client that is already connected, as dom0. */
    Client dom0() {
        return dom0;
    }

    /** A new client on a socket, as dom0. */
    Client connect() {
        return Client.of(engine, engine::connectSocket);
    }

    /** A new client that acts as a guest, with its quotas. */
    Client connectAs(int domid) {
        return Client.of(engine, link -> engine.connectAs(domid, link));
    }

    /** Dom0 and the guests, alive for ever. */
    private static final class Guests implements DomainStates {
        private static DomainState alive(int domid) {
            return new DomainState(domid, domid + 1L, Life.ALIVE, false, DomainState.NO_SHUTDOWN_CODE, Set.of());
        }

        @Override
        public List<DomainState> list() {
            return IntStream.rangeClosed(0, GUESTS).mapToObj(Guests::alive).toList();
        }

        @Override
        public Optional<DomainState> find(int domid) {
            return domid >= 0 && domid <= GUESTS ? Optional.of(alive(domid)) : Optional.empty();
        }

        @Override
        public boolean recordsChanges() {
            return false;
        }

        @Override
        public List<Integer> takeChanged() {
            return List.of();
        }
    }
}
