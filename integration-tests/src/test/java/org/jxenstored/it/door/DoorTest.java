package org.jxenstored.it.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.client.AccessDeniedException;
import org.jxenstored.client.AlreadyExistsException;
import org.jxenstored.client.ConnectFailedException;
import org.jxenstored.client.Endpoint;
import org.jxenstored.client.NotFoundException;
import org.jxenstored.client.Notification;
import org.jxenstored.client.Reconnection;
import org.jxenstored.client.Transaction;
import org.jxenstored.client.WatchQueue;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.engine.ConsistencyCheck;
import org.jxenstored.engine.EngineConfig;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.listener.EventLoopThread;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;
import org.jxenstored.server.XenstoreServer;
import org.jxenstored.sim.SimulatedXen;
import org.jxenstored.sim.door.Doors;
import org.jxenstored.sim.guest.GuestKernel;
import org.jxenstored.sim.guest.StoreRing;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.host.SimHost;
import org.jxenstored.sim.time.RealTime;
import org.jxenstored.trace.Tracer;

/** A guest's socket: real programs, a real ring page, the real daemon. */
final class DoorTest {
    private final RealTime time = new RealTime();
    private final SimHost host = new SimHost(1, time);
    private final SimulatedXen xen = new SimulatedXen(host);
    private final EventLoopThread loop = EventLoopThread.start();

    @TempDir
    Path directory;

    private XenstoreServer server;
    private XenstoreClient dom0;
    private SimDomain guest;
    private GuestKernel kernel;
    private Doors doors;

    @BeforeEach
    void aGuestRuns() throws HypervisorException {
        server = XenstoreServer.start(
                EngineConfig.DEFAULT, xen, loop, new Tracer(Optional.empty(), Set.of(), directory));
        dom0 = XenstoreClient.connect(StoreRing.of(host.dom0()));
        guest = host.createDomain();
        dom0.mkdir(home());
        dom0.setPermissions(home(), List.of(new Permission(Access.NONE, guest.domid())));
        dom0.write("/secret", "of dom0");
        dom0.write(home() + "/control/platform-feature-xs_reset_watches", "1");
        int port = guest.prepareStore(0);
        kernel = new GuestKernel(guest);
        guest.load(kernel);
        dom0.introduce(guest.domid(), guest.storeGfn(), port);
        guest.unpause();
        // Its kernel has booted when it watches control/shutdown and device.
        await().until(() -> watchesOfGuest() == 2);
        doors = new Doors(directory, time);
        doors.open(kernel);
    }

    @AfterEach
    void allIsCounted() {
        doors.close();
        dom0.close();
        assertThat(server.onLoop(() -> new ConsistencyCheck(server.engine()).findings()))
                .isEmpty();
        server.close();
        xen.close();
        host.close();
        loop.close();
        time.close();
    }

    private String home() {
        return "/local/domain/" + guest.domid();
    }

    private Path socket() {
        return doors.socket(guest.domid());
    }

    private XenstoreClient enter() {
        return XenstoreClient.connect(new Endpoint.UnixSocket(socket()), Reconnection.never());
    }

    /** Waits for the next event of a queue. */
    private static String eventIn(WatchQueue queue) throws InterruptedException {
        return queue.take() instanceof Notification.Event(var _, String path) ? path : "no event";
    }

    @Test
    void aProgramSeesTheStoreAsItsDomainDoes() {
        try (XenstoreClient program = enter()) {
            program.write("data/mine", "1");
            assertThat(dom0.readText(home() + "/data/mine")).isEqualTo("1");
            assertThat(program.readText(home() + "/data/mine")).isEqualTo("1");
            assertThatThrownBy(() -> program.read("/secret")).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> program.read("nothing")).isInstanceOf(NotFoundException.class);
        }
    }

    @Test
    void itsBytesGoThroughTheRingPage() {
        try (XenstoreClient program = enter()) {
            program.write("data", "marked");
            assertThat(new String(guest.rawRing().bytes(0, 1024), StandardCharsets.ISO_8859_1))
                    .contains("data\0marked");
        }
    }

    @Test
    @DisplayName("P-WATCH-4: two programs may watch the same path with the same token, one may not twice")
    void watchesBelongToTheirProgram() throws InterruptedException {
        try (XenstoreClient one = enter();
                XenstoreClient other = enter();
                WatchQueue ones = one.watchQueue();
                WatchQueue others = other.watchQueue()) {
            var _ = ones.watchWithToken("data", "token");
            var _ = others.watchWithToken("data", "token");
            assertThat(eventIn(ones)).isEqualTo("data");
            assertThat(eventIn(others)).isEqualTo("data");
            assertThatThrownBy(() -> ones.watchWithToken("data", "token")).isInstanceOf(AlreadyExistsException.class);

            one.resetWatches();
            dom0.write(home() + "/data/new", "1");
            assertThat(eventIn(others)).isEqualTo("data/new");
            assertThat(ones.poll()).isEmpty();
        }
    }

    @Test
    void aTransactionBelongsToItsProgram() {
        try (XenstoreClient one = enter();
                XenstoreClient other = enter();
                Transaction transaction = one.transaction()) {
            transaction.write("data", "inside");
            assertThatThrownBy(() -> other.request(MessageType.READ, transaction.id(), Value.of("data\0")))
                    .isInstanceOf(NotFoundException.class);
            transaction.commit();
            assertThat(other.readText("data")).isEqualTo("inside");
        }
    }

    @Test
    void whatAProgramLeavesBehindIsTidiedUp() {
        XenstoreClient program = enter();
        var transaction = program.transaction();
        transaction.write("data", "never");
        var _ = program.watch("data");
        long watches = watchesOfGuest();
        program.close();
        await().until(() -> watchesOfGuest() == watches - 1);
        await().until(() -> server.onLoop(() -> server.engine().connections().all().stream()
                .noneMatch(connection -> connection.domain().domid() == guest.domid()
                        && !connection.transactions().isEmpty())));
        assertThat(dom0.exists(home() + "/data")).isFalse();
    }

    private long watchesOfGuest() {
        return server.onLoop(() -> server.engine().connections().all().stream()
                .filter(connection -> connection.domain().domid() == guest.domid())
                .mapToLong(connection -> connection.watches().size())
                .sum());
    }

    @Test
    @DisplayName("L-SUSP-7: a program keeps its watches over a suspend, though the kernel has all of the ring dropped")
    void watchesOutliveASuspend() throws InterruptedException, HypervisorException {
        try (XenstoreClient program = enter();
                WatchQueue queue = program.watch("data", 1)) {
            assertThat(eventIn(queue)).isEqualTo("data");
            dom0.write(home() + "/control/shutdown", "suspend");
            await().until(() -> guest.state().shutdown());
            guest.resume();
            dom0.resume(guest.domid());
            assertThat(eventIn(queue)).isEqualTo("data");
            dom0.write(home() + "/data/new", "1");
            assertThat(eventIn(queue)).isEqualTo("data/new");
        }
    }

    @Test
    @DisplayName("P-TXE-1: a TRANSACTION_END that is not understood leaves the transaction open")
    void aTransactionEndsOnlyByAClearWord() {
        try (XenstoreClient program = enter();
                Transaction transaction = program.transaction()) {
            transaction.write("data", "inside");
            Value nonsense = Value.of("perhaps\0");
            assertThatThrownBy(() -> program.request(MessageType.TRANSACTION_END, transaction.id(), nonsense))
                    .hasMessageContaining("EINVAL");
            transaction.commit();
            assertThat(program.readText("data")).isEqualTo("inside");
        }
    }

    @Test
    @DisplayName("L-SUSP-9: the kernel after a soft reset has a door, and the programs of the one before are gone")
    void anotherKernelHasAnotherDoor() {
        XenstoreClient before = enter();
        before.write("data", "1");
        doors.open(kernel);
        await().until(() -> !before.isOpen());
        try (XenstoreClient program = enter()) {
            assertThat(program.readText("data")).isEqualTo("1");
        }
    }

    @Test
    void unknownRequestsAreRefusedAsTheDaemonDoes() {
        try (XenstoreClient program = enter()) {
            assertThatThrownBy(() -> program.introduce(7, 1, 1)).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> program.request(MessageType.RESTRICT, 0, Value.EMPTY))
                    .hasMessageContaining("ENOSYS");
        }
    }

    @Test
    void theSocketIsForItsOwnerOnlyAndGoesWithTheDomain() throws IOException, HypervisorException {
        assertThat(Files.getPosixFilePermissions(socket())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        XenstoreClient program = enter();
        program.write("data", "1");
        guest.destroy();
        doors.close(guest.domid());
        assertThat(socket()).doesNotExist();
        await().until(() -> !program.isOpen());
        assertThatThrownBy(this::enter).isInstanceOf(ConnectFailedException.class);
    }
}
