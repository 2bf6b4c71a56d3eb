package org.jxenstored.sim.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Numbers;
import org.jxenstored.sim.dom0.Dom0;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.DomainType;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.toolstack.DeathAction;
import org.jxenstored.sim.toolstack.DeathActions;
import org.jxenstored.sim.toolstack.DeviceConfig;
import org.jxenstored.sim.toolstack.DeviceModelKind;
import org.jxenstored.sim.toolstack.GuestConfig;
import org.jxenstored.sim.toolstack.KernelKind;
import org.jxenstored.sim.toolstack.ToolstackException;
import org.jxenstored.sim.xenbus.DeviceType;

/** {@code create}: makes a guest; it runs when the command is done. */
final class Create implements Subcommand {
    private static final int VCPUS_MAX = 128;

    @Override
    public String word() {
        return "create";
    }

    @Override
    public String arguments() {
        return "NAME [--memory MIB] [--vcpus N] [--pv|--pvh|--hvm] [--vif[=BACKEND]]... [--vbd[=BACKEND]]..."
                + " [--driver-domain[=good|stuck]] [--bare] [--stubdom] [--domid N] [--features MASK] [--quota NAME=N]... [--on-poweroff="
                + DeathAction.words() + "] [--on-reboot=...] [--on-crash=...] [--on-watchdog=...]";
    }

    @Override
    public String summary() {
        return "make a guest and start it";
    }

    @Override
    public List<String> options() {
        return List.of(
                "--memory=",
                "--vcpus=",
                "--domid=",
                "--features=",
                "--quota=",
                "--pv",
                "--pvh",
                "--hvm",
                "--vif[=]",
                "--vbd[=]",
                "--driver-domain[=]",
                "--bare",
                "--stubdom",
                "--on-poweroff=",
                "--on-reboot=",
                "--on-crash=",
                "--on-watchdog=");
    }

    @Override
    public String run(Dom0 dom0, Words words) throws ToolstackException, HypervisorException, BadUsageException {
        GuestConfig config = config(words);
        SimDomain guest = dom0.toolstack().create(config);
        return config.name() + " is " + guest;
    }

    private static GuestConfig config(Words words) throws BadUsageException {
        GuestConfig config = GuestConfig.named(words.single("NAME"))
                .withDomain(domain(words))
                .withKernel(kernel(words))
                .withDeathActions(deathActions(words));
        OptionalInt features = words.number("--features", 0, Integer.MAX_VALUE);
        if (features.isPresent()) {
            config = config.withFeatures(features.getAsInt());
        }
        for (String quota : words.all("--quota")) {
            config = withQuota(config, quota);
        }
        if (words.has("--stubdom")) {
            config = config.withDeviceModel(DeviceModelKind.STUB_DOMAIN);
        }
        for (DeviceType type : DeviceType.values()) {
            for (String backend : words.all("--" + type.word())) {
                config = config.withDevice(type, backend.isEmpty() ? DeviceConfig.DOM0 : backend);
            }
        }
        return config;
    }

    private static GuestConfig withQuota(GuestConfig config, String text) throws BadUsageException {
        int equals = text.indexOf('=');
        OptionalInt value =
                equals < 0 ? OptionalInt.empty() : Numbers.decimalInt(text.substring(equals + 1), Integer.MAX_VALUE);
        if (equals < 1 || value.isEmpty()) {
            throw new BadUsageException("--quota=" + text + " is not understood: use --quota=NAME=NUMBER");
        }
        return config.withQuota(text.substring(0, equals), value.getAsInt());
    }

    private static DomainConfig domain(Words words) throws BadUsageException {
        DomainConfig small = DomainConfig.SMALL;
        return new DomainConfig(
                words.number("--domid", 1, Domid.FIRST_RESERVED - 1).orElse(Domid.ANY),
                type(words),
                words.number("--vcpus", 1, VCPUS_MAX).orElse(small.vcpus()),
                words.number("--memory", 1, DomainConfig.MEMORY_MIB_MAX).orElse(small.memoryMib()));
    }

    private static DomainType type(Words words) throws BadUsageException {
        if (words.has("--stubdom") && !words.has("--hvm")) {
            throw new BadUsageException("--stubdom is for guests with a device model: add --hvm");
        }
        DomainType type = DomainType.PVH;
        int chosen = 0;
        for (DomainType each : DomainType.values()) {
            if (words.has("--" + each.name().toLowerCase(Locale.ROOT))) {
                type = each;
                chosen++;
            }
        }
        if (chosen > 1) {
            throw new BadUsageException("--pv, --pvh and --hvm exclude each other");
        }
        return type;
    }

    private static KernelKind kernel(Words words) throws BadUsageException {
        Optional<String> driverDomain = words.last("--driver-domain");
        if (words.has("--bare")) {
            if (driverDomain.isPresent()) {
                throw new BadUsageException(
                        "--bare and --driver-domain exclude each other: a bare guest has no drivers");
            }
            return KernelKind.BARE;
        }
        if (driverDomain.isEmpty()) {
            return KernelKind.ORDINARY;
        }
        return switch (driverDomain.get()) {
            case "", "good" -> KernelKind.DRIVER_DOMAIN;
            case "stuck" -> KernelKind.STUCK_DRIVER_DOMAIN;
            default ->
                throw new BadUsageException(
                        "--driver-domain=" + driverDomain.get() + " is not understood: use good or stuck");
        };
    }

    private static DeathActions deathActions(Words words) throws BadUsageException {
        DeathActions usual = DeathActions.USUAL;
        return usual.withOnPoweroff(action(words, "--on-poweroff", usual.onPoweroff()))
                .withOnReboot(action(words, "--on-reboot", usual.onReboot()))
                .withOnCrash(action(words, "--on-crash", usual.onCrash()))
                .withOnWatchdog(action(words, "--on-watchdog", usual.onWatchdog()));
    }

    private static DeathAction action(Words words, String option, DeathAction usual) throws BadUsageException {
        Optional<String> word = words.last(option);
        if (word.isEmpty()) {
            return usual;
        }
        return DeathAction.of(word.get())
                .filter(action -> action != DeathAction.SOFT_RESET)
                .orElseThrow(() -> new BadUsageException(
                        option + "=" + word.get() + " is not understood: use " + DeathAction.words()));
    }
}
