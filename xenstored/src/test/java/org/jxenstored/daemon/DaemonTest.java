package org.jxenstored.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.daemon.CommandLineParser.Parsed;
import org.jxenstored.engine.EngineConfig;
import org.jxenstored.hypervisor.DaemonAddress;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainStates;
import org.jxenstored.hypervisor.EventChannels;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.listener.Accepted;
import org.jxenstored.listener.EventLoopThread;
import org.jxenstored.listener.ListenAddress;

/** The order in which things start and stop, with a hypervisor and a store that only take notes. */
class DaemonTest {
    @TempDir
    Path directory;

    private final List<String> happened = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<HypervisorException> gone = new CompletableFuture<>();

    private Supplier<List<DomainState>> domains = () -> List.of(new DomainState(
            0,
            DomainState.NO_UNIQUE_ID,
            DomainState.Life.ALIVE,
            false,
            DomainState.NO_SHUTDOWN_CODE,
            Set.of(DomainState.Capability.CONTROL)));

    private DaemonConfig config(String... options) {
        Surroundings surroundings =
                new Surroundings(Map.of("XENSTORED_RUNDIR", run().toString()), 1000, directory, directory);
        return ((Parsed.Run) CommandLineParser.parse(List.of(options), surroundings)).config();
    }

    private Path run() {
        return directory.resolve("run");
    }

    private Path socket() {
        return run().resolve("socket");
    }

    private Daemon daemon(DaemonConfig config) {
        return new Daemon(config, (choice, files) -> new NotingHypervisor(choice, files), NotingServer::new);
    }

    @Test
    void everythingStartsInOrderAndStopsInTheOppositeOne() throws StartException {
        Daemon daemon = daemon(config("--pid-file", "pid"));

        daemon.run(new Daemon.Observer() {
            @Override
            public void ready(StoreServer server, List<ListenAddress> addresses) {
                happened.add("ready on " + addresses.getFirst());
                assertThat(directory.resolve("pid"))
                        .hasContent(ProcessHandle.current().pid() + "\n");
                connect();
                daemon.stop();
            }

            @Override
            public void stopping() {
                happened.add("stopping");
                assertThat(socket()).exists();
            }
        });

        assertThat(happened.stream().filter(event -> !event.equals("client")))
                .containsExactly(
                        "hypervisor sim in " + run().resolve("sim"),
                        "server for domains 0 and 0",
                        "ready on " + socket(),
                        "backend told of " + socket(),
                        "stopping",
                        "server closed",
                        "hypervisor closed");
        assertThat(socket()).doesNotExist();
        assertThat(directory.resolve("pid")).doesNotExist();
    }

    private void connect() {
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            assertThat(client.isConnected()).isTrue();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("semantics 14.1: a daemon whose pid file is locked by another one ends silently")
    void aDaemonWhosePidFileIsLockedEndsSilently() throws StartException {
        DaemonConfig config = config("--pid-file", "pid");

        try (PidFile _ = PidFile.claim(directory.resolve("pid"), 1).orElseThrow()) {
            daemon(config).run(new NoObserver());
        }

        assertThat(happened).isEmpty();
    }

    @Test
    @DisplayName("another daemon on the same socket is found before anything is started")
    void whenTheSocketIsTakenNothingIsStarted() throws Exception {
        Files.createDirectory(run());
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(socket()));

            assertThatExceptionOfType(StartException.class)
                    .isThrownBy(() -> daemon(config("--pid-file", "pid")).run(new NoObserver()))
                    .withMessageContaining("another xenstored");
        }

        assertThat(happened).isEmpty();
        assertThat(directory.resolve("pid")).doesNotExist();
    }

    @Test
    void whenAnAddressCannotBeServedEverythingIsStoppedAgain() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String taken = "tcp:127.0.0.1:" + other.getLocalPort();

            assertThatExceptionOfType(StartException.class)
                    .isThrownBy(() -> daemon(config("--pid-file", "pid", "--listen", taken))
                            .run(new NoObserver()))
                    .withMessageContaining(Integer.toString(other.getLocalPort()));
        }

        assertThat(happened).endsWith("server closed", "hypervisor closed");
        assertThat(socket()).doesNotExist();
        assertThat(directory.resolve("pid")).doesNotExist();
    }

    @Test
    void aHypervisorThatDoesNotAnswerEndsTheStartWithItsWords() {
        domains = () -> {
            throw new IllegalStateException("Xen does not tell which domains exist");
        };

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> daemon(config("--pid-file", "pid")).run(new NoObserver()))
                .withMessageStartingWith("hypervisor sim: Xen does not tell which domains exist");

        assertThat(happened).endsWith("hypervisor closed");
        assertThat(directory.resolve("pid")).doesNotExist();
    }

    @Test
    void aHypervisorThatIsGoneEndsTheDaemonWithItsObstacle() throws StartException {
        Daemon daemon = daemon(config("--pid-file", "pid"));

        ExitCode code = daemon.run(new Daemon.Observer() {
            @Override
            public void ready(StoreServer server, List<ListenAddress> addresses) {
                gone.complete(new HypervisorException(Obstacle.NO_HYPERVISOR, "the machine is off"));
            }

            @Override
            public void stopping() {
                happened.add("stopping");
            }
        });

        assertThat(code).isEqualTo(ExitCode.NO_HYPERVISOR);
        assertThat(happened).endsWith("stopping", "server closed", "hypervisor closed");
        assertThat(directory.resolve("pid")).doesNotExist();
    }

    @Test
    void anUnknownHypervisorIsRefusedWithThoseThereAre() {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> Hypervisors.open(new HypervisorChoice("nonsense", Map.of()), directory))
                .withMessageStartingWith("--hypervisor nonsense: there is no such backend; there is");
    }

    @Test
    void aRunDirectoryThatCannotBeMadeIsNamed() throws IOException {
        Files.createFile(run());

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> daemon(config()).run(new NoObserver()))
                .withMessageContaining("cannot make the directory " + run());
    }

    private final class NoObserver implements Daemon.Observer {
        @Override
        public void ready(StoreServer server, List<ListenAddress> addresses) {
            throw new AssertionError("this daemon must not get ready");
        }

        @Override
        public void stopping() {
            happened.add("stopping");
        }
    }

    private final class NotingServer implements StoreServer {
        NotingServer(DaemonConfig config, EngineConfig engine, Hypervisor hypervisor, EventLoopThread loop) {
            happened.add("server for domains " + engine.storeDomid() + " and " + engine.privDomid());
        }

        @Override
        public Accepted accepted() {
            return (channel, domid) -> happened.add("client");
        }

        @Override
        public void reopenTrace() {
            happened.add("trace reopened");
        }

        @Override
        public void close() {
            happened.add("server closed");
        }
    }

    private final class NotingHypervisor implements Hypervisor, DomainStates {
        NotingHypervisor(HypervisorChoice choice, Path files) {
            assertThat(files).isDirectory();
            happened.add("hypervisor " + choice.name() + " in " + files);
        }

        @Override
        public DomainStates domains() {
            return this;
        }

        @Override
        public List<DomainState> list() {
            return domains.get();
        }

        @Override
        public Optional<DomainState> find(int domid) {
            return list().stream().filter(state -> state.domid() == domid).findFirst();
        }

        @Override
        public boolean recordsChanges() {
            return false;
        }

        @Override
        public List<Integer> takeChanged() {
            return List.of();
        }

        @Override
        public EventChannels eventChannels() {
            throw new AssertionError("nobody binds event channels here");
        }

        @Override
        public RingMapper rings() {
            throw new AssertionError("nobody maps rings here");
        }

        @Override
        public CompletionStage<HypervisorException> gone() {
            return gone;
        }

        @Override
        public void daemonIsServing(DaemonAddress address) {
            happened.add("backend told of " + address.socket());
        }

        @Override
        public void close() {
            happened.add("hypervisor closed");
        }
    }
}
