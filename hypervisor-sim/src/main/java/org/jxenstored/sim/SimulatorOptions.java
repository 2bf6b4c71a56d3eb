package org.jxenstored.sim;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Numbers;
import org.jxenstored.sim.toolstack.Records;

/**
 * What users can set on a simulated Xen, as {@code --hypervisor sim,KEY=VALUE} or {@code xensim DIRECTORY KEY=VALUE}.
 *
 * @param seed decides the unique ids of domains
 * @param uniqueIds false for a Xen before 4.21
 * @param domidReuseTimeout how long the toolstack lets a domid rest (L-REUSE-2)
 * @param storeInStubdom true if the daemon runs in a domain of its own
 * @param dom0Nodes true if dom0 shows itself in the store from the start
 */
public record SimulatorOptions(
        long seed, boolean uniqueIds, Duration domidReuseTimeout, boolean storeInStubdom, boolean dom0Nodes) {
    static final SimulatorOptions USUAL = new SimulatorOptions(1, true, Records.USUAL_REUSE_TIMEOUT, false, false);

    private static final String KNOWN =
            "seed=NUMBER, unique-ids=on|off, domid-reuse-timeout=SECONDS, store=dom0|stubdom, dom0-nodes=on|off, and"
                    + " machine=DIRECTORY of a running xensim, which a daemon is given alone";

    private static final long SECONDS_MAX = 1_000_000;

    /** Reads them; EINVAL with a message for what is not understood. */
    public static SimulatorOptions read(Map<String, String> given) throws HypervisorException {
        SimulatorOptions options = USUAL;
        for (Map.Entry<String, String> option : given.entrySet()) {
            options = options.with(option.getKey(), option.getValue());
        }
        return options;
    }

    private SimulatorOptions with(String key, String value) throws HypervisorException {
        return switch (key) {
            case "seed" ->
                new SimulatorOptions(
                        number(key, value, Long.MAX_VALUE), uniqueIds, domidReuseTimeout, storeInStubdom, dom0Nodes);
            case "unique-ids" ->
                new SimulatorOptions(
                        seed, choice(key, value, "on", "off"), domidReuseTimeout, storeInStubdom, dom0Nodes);
            case "domid-reuse-timeout" ->
                new SimulatorOptions(
                        seed,
                        uniqueIds,
                        Duration.ofSeconds(number(key, value, SECONDS_MAX)),
                        storeInStubdom,
                        dom0Nodes);
            case "store" ->
                new SimulatorOptions(
                        seed, uniqueIds, domidReuseTimeout, choice(key, value, "stubdom", "dom0"), dom0Nodes);
            case "dom0-nodes" ->
                new SimulatorOptions(
                        seed, uniqueIds, domidReuseTimeout, storeInStubdom, choice(key, value, "on", "off"));
            default -> throw refused("the simulated Xen has no option '" + key + "': it knows " + KNOWN);
        };
    }

    private static long number(String key, String value, long most) throws HypervisorException {
        OptionalLong number = Numbers.decimal(value, most);
        if (number.isEmpty()) {
            throw refused(key + "=" + value + " is not a number: use decimal digits, at most " + most);
        }
        return number.getAsLong();
    }

    private static boolean choice(String key, String value, String yes, String no) throws HypervisorException {
        if (value.equals(yes) || value.equals(no)) {
            return value.equals(yes);
        }
        throw refused(key + "=" + value + " is not understood: use " + key + "=" + yes + " or " + key + "=" + no);
    }

    private static HypervisorException refused(String message) {
        return new HypervisorException(Errno.EINVAL, message);
    }
}
