package org.jxenstored.xen;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.xen.domain.DomainSource;
import org.jxenstored.xen.memory.MapWay;
import org.jxenstored.xen.memory.OwnRingWay;

/**
 * What users can set, as {@code --hypervisor xen,KEY=VALUE}; for odd hosts and for tests of each way.
 *
 * @param domains {@code domains=}
 * @param map {@code map=}
 * @param ownRing {@code own-ring=}
 */
record XenOptions(DomainSource domains, MapWay map, OwnRingWay ownRing) {
    static final XenOptions USUAL = new XenOptions(DomainSource.AUTO, MapWay.AUTO, OwnRingWay.AUTO);

    /** Reads them; a message for what is not understood. */
    static XenOptions read(Map<String, String> given) throws HypervisorException {
        XenOptions options = USUAL;
        for (Map.Entry<String, String> option : given.entrySet()) {
            options = options.with(option.getKey(), option.getValue());
        }
        return options;
    }

    private XenOptions with(String key, String value) throws HypervisorException {
        return switch (key) {
            case "domains" -> new XenOptions(choice(key, value, DomainSource.values()), map, ownRing);
            case "map" -> new XenOptions(domains, choice(key, value, MapWay.values()), ownRing);
            case "own-ring" -> new XenOptions(domains, map, choice(key, value, OwnRingWay.values()));
            default ->
                throw new HypervisorException(
                        Obstacle.OTHER,
                        "the backend has no option '" + key + "': it knows domains=" + words(DomainSource.values())
                                + ", map=" + words(MapWay.values()) + " and own-ring=" + words(OwnRingWay.values()));
        };
    }

    private static <E extends Enum<E>> E choice(String key, String value, E[] choices) throws HypervisorException {
        for (E choice : choices) {
            if (word(choice).equals(value)) {
                return choice;
            }
        }
        throw new HypervisorException(
                Obstacle.OTHER, key + "=" + value + " is not understood: use " + key + "=" + words(choices));
    }

    private static String words(Enum<?>[] choices) {
        return Arrays.stream(choices).map(XenOptions::word).collect(Collectors.joining("|"));
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
