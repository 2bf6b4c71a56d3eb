package org.jxenstored.sim;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.HypervisorProvider;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Numbers;
import org.jxenstored.sim.host.SimHost;

/**
 * Makes the backend {@code sim}: a new simulated host for each daemon.
 *
 * <p>Options: {@code seed=NUMBER} decides the unique ids of domains; {@code unique-ids=off} plays a Xen before 4.21.
 */
public final class SimulatedXenProvider implements HypervisorProvider {
    private static final System.Logger LOG = System.getLogger(SimulatedXenProvider.class.getName());
    private static final long DEFAULT_SEED = 1;

    @Override
    public String name() {
        return "sim";
    }

    @Override
    public Hypervisor open(Map<String, String> options, Path runDirectory) throws HypervisorException {
        long seed = DEFAULT_SEED;
        boolean uniqueIds = true;
        for (Map.Entry<String, String> option : options.entrySet()) {
            switch (option.getKey()) {
                case "seed" -> seed = seed(option.getValue());
                case "unique-ids" -> uniqueIds = onOrOff(option.getKey(), option.getValue());
                default ->
                    throw new HypervisorException(
                            Errno.EINVAL,
                            "the simulated Xen has no option '" + option.getKey() + "': it knows seed and unique-ids");
            }
        }
        LOG.log(System.Logger.Level.INFO, "Simulated Xen with seed {0}", Long.toString(seed));
        ExecutorService events = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("sim-events").factory());
        SimHost host = new SimHost(seed, events);
        return new SimulatedXen(host, uniqueIds, () -> {
            host.close();
            events.shutdown();
        });
    }

    private static long seed(String text) throws HypervisorException {
        OptionalLong seed = Numbers.decimal(text, Long.MAX_VALUE);
        if (seed.isEmpty()) {
            throw new HypervisorException(
                    Errno.EINVAL, "seed=" + text + " is not a number: use decimal digits, at most 18");
        }
        return seed.getAsLong();
    }

    private static boolean onOrOff(String key, String value) throws HypervisorException {
        return switch (value) {
            case "on" -> true;
            case "off" -> false;
            default ->
                throw new HypervisorException(
                        Errno.EINVAL, key + "=" + value + " is not understood: use " + key + "=on or " + key + "=off");
        };
    }
}
