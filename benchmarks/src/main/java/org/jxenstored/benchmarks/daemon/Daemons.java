package org.jxenstored.benchmarks.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts daemons: the peers as {@code benchmarks/peers/peer.sh} says, this project's by its launcher. */
public final class Daemons {
    /** Options for the JVM of this project's daemon, for experiments. */
    public static final String JVM_OPTIONS = "JXENSTORED_BENCH_JVM_OPTIONS";

    private final Checkout checkout;

    private Daemons(Checkout checkout) {
        this.checkout = checkout;
    }

    /** The daemon of the sources that this class was built in, and the peers. */
    public static Daemons ofThisCheckout() throws IOException {
        return new Daemons(Checkout.find());
    }

    /**
     * A daemon, and how fast it was there.
     *
     * @param untilAnswered from the launch of the process until the first READ of the root was answered
     */
    public record Started(RunningDaemon daemon, Duration untilAnswered) {}

    /** What has to be installed before this kind can be started, for people; empty if nothing. */
    public Optional<String> missing(Kind kind) throws IOException, InterruptedException {
        return kind.isPeer() ? checkout.missing(kind) : Optional.empty();
    }

    /** Starts one; it can be connected to when this returns. */
    public RunningDaemon start(Kind kind, Options options) throws IOException, InterruptedException {
        return start(kind, options, server -> {
                    server.awaitConnection();
                    return Duration.ZERO;
                })
                .daemon();
    }

    /** Starts one and waits for its first answer. All kinds are launched and asked in the same way. */
    public Started startTimed(Kind kind, Options options) throws IOException, InterruptedException {
        return start(kind, options, Server::awaitAnswer);
    }

    /** Starts one where another one was killed, with all that it left. */
    public RunningDaemon startAgain(RunningDaemon killed, Options options) throws IOException, InterruptedException {
        return start(killed.kind(), options, killed.runDirectory(), server -> {
                    server.awaitConnection();
                    return Duration.ZERO;
                })
                .daemon();
    }

    private Started start(Kind kind, Options options, Readiness readiness) throws IOException, InterruptedException {
        return start(kind, options, RunDirectories.make(), readiness);
    }

    private Started start(Kind kind, Options options, Path directory, Readiness readiness)
            throws IOException, InterruptedException {
        Optional<RunningDaemon> launched = Optional.empty();
        try {
            Server server = launch(kind, options, directory);
            launched = Optional.of(new RunningDaemon(kind, directory, server));
            return new Started(launched.get(), readiness.await(server));
        } catch (IOException | InterruptedException | RuntimeException e) {
            if (launched.isPresent()) {
                launched.get().close();
            } else {
                RunDirectories.remove(directory);
            }
            throw e;
        }
    }

    @FunctionalInterface
    private interface Readiness {
        Duration await(Server server) throws IOException;
    }

    private Server launch(Kind kind, Options options, Path directory) throws IOException, InterruptedException {
        if (kind == Kind.ECHO) {
            throw new IllegalArgumentException("the echo server is no xenstored; see EchoServer");
        }
        Map<String, String> environment = new HashMap<>();
        List<String> command = kind.isPeer() ? peer(kind, options, directory) : ours(options, directory, environment);
        Path log = directory.resolve("log");
        return Server.launch(command, environment, RunningDaemon.socketIn(directory), log);
    }

    /** The script only prepares; what it says is launched by us, so that no shell counts as a peer's start. */
    private List<String> peer(Kind kind, Options options, Path directory) throws IOException, InterruptedException {
        List<String> prepare = new ArrayList<>(
                List.of(checkout.peerScript().toString(), "command", Checkout.word(kind), directory.toString()));
        prepare.addAll(options.arguments());
        ProcessBuilder script = new ProcessBuilder(prepare);
        script.environment().put("PEER_BUILD", checkout.built().resolve("peers").toString());
        script.environment().put("PEER_CPU", Pinning.word(options.cpu()));
        return Finished.run(script)
                .outputOf("preparing the peer " + kind.title())
                .lines()
                .toList();
    }

    private List<String> ours(Options options, Path directory, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>(Pinning.prefix(options.cpu()));
        command.add(checkout.launcher().toString());
        if (options.machine() == Options.Machine.FILES) {
            command.add("--hypervisor");
            command.add("files,directory=" + RunningDaemon.shimIn(directory));
            environment.put("XENSTORED_PLUGINS", Checkout.classes().toString());
        }
        command.addAll(options.arguments());
        environment.put("XENSTORED_RUNDIR", directory.toString());
        String jvmOptions = System.getenv(JVM_OPTIONS);
        if (jvmOptions != null) {
            environment.put("XENSTORED_JVM_OPTIONS", jvmOptions);
        }
        return command;
    }
}
