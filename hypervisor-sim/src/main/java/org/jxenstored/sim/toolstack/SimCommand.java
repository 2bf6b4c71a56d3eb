package org.jxenstored.sim.toolstack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.jxenstored.client.Endpoint;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.client.XenstoreException;
import org.jxenstored.hypervisor.BackendCommand;
import org.jxenstored.hypervisor.DaemonAddress;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.sim.guest.ShutdownRequest;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.host.SimHost;

/**
 * The command {@code sim}, which plays {@code xl} on a simulated host.
 *
 * <p>One worker thread does one command after the other, as a client of the daemon, so the daemon never waits. What
 * cannot be done is told by a text that starts with {@code error:}.
 */
public final class SimCommand implements BackendCommand, AutoCloseable {
    private static final String USAGE = "create NAME | list | shutdown NAME|ID [" + ShutdownRequest.words()
            + "] | crash NAME|ID | destroy NAME|ID | pause NAME|ID | unpause NAME|ID";

    private final SimHost host;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("sim-toolstack").factory());

    /** Where the daemon is; null until it serves. */
    private volatile @Nullable DaemonAddress daemon;

    /** Set by the worker alone. */
    private volatile @Nullable XenstoreClient store;

    public SimCommand(SimHost host) {
        this.host = host;
    }

    /** From now on the daemon can be connected to. */
    public void daemonIsServing(DaemonAddress address) {
        daemon = address;
    }

    @Override
    public String name() {
        return "sim";
    }

    @Override
    public String usage() {
        return USAGE;
    }

    @Override
    public CompletionStage<Result> run(List<String> arguments) {
        List<String> words = List.copyOf(arguments);
        return CompletableFuture.supplyAsync(() -> new Result.Text(answer(words)), worker);
    }

    private String answer(List<String> words) {
        try {
            return execute(words);
        } catch (ToolstackException | HypervisorException | XenstoreException refusal) {
            return "error: " + refusal.getMessage() + "\n";
        }
    }

    private String execute(List<String> words) throws ToolstackException, HypervisorException {
        String verb = words.isEmpty() ? "" : words.getFirst();
        List<String> rest = words.isEmpty() ? List.of() : words.subList(1, words.size());
        return switch (verb) {
            case "list" -> rest.isEmpty() ? DomainList.of(connect().list()) : help();
            case "create" -> rest.size() == 1 ? create(rest.getFirst()) : help();
            case "shutdown" -> rest.size() == 1 || rest.size() == 2 ? shutdown(rest) : help();
            case "crash" -> with(rest, SimDomain::crash, "crashed");
            case "destroy" -> with(rest, connect()::destroy, "is destroyed");
            case "pause" -> with(rest, SimDomain::pause, "is paused");
            case "unpause" -> with(rest, SimDomain::unpause, "is unpaused");
            default -> help();
        };
    }

    private String create(String name) throws ToolstackException, HypervisorException {
        SimDomain guest = connect().create(name, DomainConfig.SMALL);
        return name + " is domain " + guest.domid() + "\n";
    }

    private String shutdown(List<String> words) throws ToolstackException {
        Optional<ShutdownRequest> request =
                words.size() == 1 ? Optional.of(ShutdownRequest.POWEROFF) : ShutdownRequest.of(words.get(1));
        if (request.isEmpty()) {
            return help();
        }
        SimDomain guest = guest(words.getFirst());
        connect().shutdown(guest, request.get());
        return guest + " is asked for " + request.get().word() + "\n";
    }

    @FunctionalInterface
    private interface Deed {
        void doTo(SimDomain guest) throws HypervisorException;
    }

    private String with(List<String> words, Deed deed, String outcome) throws ToolstackException, HypervisorException {
        if (words.size() != 1) {
            return help();
        }
        SimDomain guest = guest(words.getFirst());
        deed.doTo(guest);
        return guest + " " + outcome + "\n";
    }

    private SimDomain guest(String nameOrDomid) throws ToolstackException {
        SimDomain found = connect()
                .find(nameOrDomid)
                .orElseThrow(() -> new ToolstackException(
                        "there is no domain '" + nameOrDomid + "': 'sim list' shows those that exist"));
        if (found == host.dom0()) {
            throw new ToolstackException("this cannot be done to dom0, which runs the daemon");
        }
        return found;
    }

    private static String help() {
        List<String> lines = new ArrayList<>(List.of("usage:"));
        for (String form : USAGE.split(" \\| ", -1)) {
            lines.add("  sim " + form);
        }
        return String.join("\n", lines) + "\n";
    }

    /** The toolstack on a connection that works; it connects when it is first needed, and again when it was lost. */
    private Toolstack connect() throws ToolstackException {
        DaemonAddress address = daemon;
        if (address == null) {
            throw new ToolstackException("the daemon does not serve clients yet: try again in a moment");
        }
        XenstoreClient present = store;
        if (present == null || !present.isOpen()) {
            present = XenstoreClient.connect(new Endpoint.UnixSocket(address.socket()));
            store = present;
        }
        return new Toolstack(host, present);
    }

    /** Ends the worker and its connection. */
    @Override
    public void close() {
        worker.shutdown();
        XenstoreClient present = store;
        if (present != null) {
            present.close();
        }
    }
}
