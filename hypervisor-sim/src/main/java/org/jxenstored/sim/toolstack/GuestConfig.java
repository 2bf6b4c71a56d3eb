package org.jxenstored.sim.toolstack;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.DomainType;
import org.jxenstored.sim.xenbus.DeviceType;

/**
 * Everything a toolstack is told about a guest it is to create.
 *
 * @param name one character for each byte; not a number, and not the name of another domain
 * @param domain the domain itself; a wanted domid is for the first life only
 * @param kernel what runs in it
 * @param devices its devices; the first of each type has number 0
 * @param deathActions what is done when it has shut down
 * @param deviceModel where the device model runs; of no meaning unless the guest is HVM
 * @param features what the store may offer it, if not everything (SET_FEATURE)
 * @param quotas its own limits in the store, by name (SET_QUOTA)
 */
public record GuestConfig(
        String name,
        DomainConfig domain,
        KernelKind kernel,
        List<DeviceConfig> devices,
        DeathActions deathActions,
        DeviceModelKind deviceModel,
        OptionalInt features,
        Map<String, Long> quotas) {
    public GuestConfig {
        devices = List.copyOf(devices);
        quotas = Collections.unmodifiableMap(new TreeMap<>(quotas));
    }

    /** A small PVH guest without devices. */
    public static GuestConfig named(String name) {
        return new GuestConfig(
                name,
                DomainConfig.SMALL,
                KernelKind.ORDINARY,
                List.of(),
                DeathActions.USUAL,
                DeviceModelKind.IN_DOM0,
                OptionalInt.empty(),
                Map.of());
    }

    public GuestConfig withName(String wanted) {
        return new GuestConfig(wanted, domain, kernel, devices, deathActions, deviceModel, features, quotas);
    }

    public GuestConfig withDomain(DomainConfig wanted) {
        return new GuestConfig(name, wanted, kernel, devices, deathActions, deviceModel, features, quotas);
    }

    public GuestConfig withDomid(int wanted) {
        return withDomain(domain.withDomid(wanted));
    }

    public GuestConfig withKernel(KernelKind wanted) {
        return new GuestConfig(name, domain, wanted, devices, deathActions, deviceModel, features, quotas);
    }

    /** With one device more. */
    public GuestConfig withDevice(DeviceType type, String backend) {
        List<DeviceConfig> more = new ArrayList<>(devices);
        more.add(new DeviceConfig(type, backend));
        return new GuestConfig(name, domain, kernel, more, deathActions, deviceModel, features, quotas);
    }

    public GuestConfig withDeathActions(DeathActions wanted) {
        return new GuestConfig(name, domain, kernel, devices, wanted, deviceModel, features, quotas);
    }

    public GuestConfig withDeviceModel(DeviceModelKind wanted) {
        return new GuestConfig(name, domain, kernel, devices, deathActions, wanted, features, quotas);
    }

    public GuestConfig withFeatures(int bits) {
        return new GuestConfig(name, domain, kernel, devices, deathActions, deviceModel, OptionalInt.of(bits), quotas);
    }

    /** With one limit more. */
    public GuestConfig withQuota(String quota, long value) {
        Map<String, Long> more = new TreeMap<>(quotas);
        more.put(quota, value);
        return new GuestConfig(name, domain, kernel, devices, deathActions, deviceModel, features, more);
    }

    /** The device model it needs, if it needs one. */
    Optional<DeviceModelKind> neededDeviceModel() {
        return domain.type() == DomainType.HVM ? Optional.of(deviceModel) : Optional.empty();
    }
}
