package org.jxenstored.it.search;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jxenstored.protocol.MessageType;

/** Makes scripts: one for each seed. */
final class Scripts {
    private static final int DEEDS_MIN = 40;
    private static final int DEEDS_MAX = 120;
    private static final int PLACES = 2;
    private static final String LONG_VALUE = "/s/c\0";
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final String FIRST_SOCKET_SHARES = "n0\0b1\0b2\0r3\0";

    private final SplittableRandom dice;
    private final List<Deed> deeds = new ArrayList<>();
    private final List<Supplier<Deed>> kinds = new ArrayList<>();
    private int values;

    private Scripts(long seed) {
        dice = new SplittableRandom(seed);
        likely(60, this::ask);
        likely(14, this::askAtOnce);
        likely(8, this::transact);
        likely(4, this::flood);
        likely(2, this::fell);
        likely(2, this::crowd);
        likely(1, this::fill);
        likely(12, () -> new Deed.Look(client(), chance(4)));
        likely(16, () -> new Deed.Steps(1 + dice.nextInt(8)));
        likely(4, () -> new Deed.Pass(1 + dice.nextInt(600)));
        likely(1, () -> new Deed.Pass(1000 + dice.nextInt(30_000)));
        likely(3, Deed.Drain::new);
        likely(2, () -> new Deed.Reconnect(dice.nextInt(2)));
        likely(5, this::welcome);
        likely(3, () -> new Deed.Destroy(guest(), chance(2)));
        likely(2, () -> new Deed.Disk(chance(3)));
        likely(4, () -> new Deed.Kill(0, chance(2), chance(5) ? guest() : 0));
        likely(4, () -> new Deed.Kill(1 + dice.nextInt(chance(2) ? 12 : 120), chance(2), chance(8) ? guest() : 0));
    }

    /** The script of a seed. */
    static Script of(long seed) {
        return new Scripts(seed).make(seed);
    }

    private Script make(long seed) {
        for (int i = 0; i < 3; i++) {
            deeds.add(welcome());
        }
        deeds.add(program(MessageType.MKDIR, "/s\0"));
        deeds.add(program(MessageType.SET_PERMS, "/s\0" + FIRST_SOCKET_SHARES));
        for (int left = DEEDS_MIN + dice.nextInt(DEEDS_MAX - DEEDS_MIN); left > 0; left--) {
            deeds.add(kinds.get(dice.nextInt(kinds.size())).get());
        }
        return new Script(seed, List.copyOf(deeds));
    }

    private void likely(int weight, Supplier<Deed> kind) {
        for (int i = 0; i < weight; i++) {
            kinds.add(kind);
        }
    }

    private boolean chance(int oneIn) {
        return dice.nextInt(oneIn) == 0;
    }

    private int guest() {
        return 1 + dice.nextInt(World.GUESTS);
    }

    /** Some are busier than others. */
    private int client() {
        return chance(3) ? dice.nextInt(World.CLIENTS) : List.of(0, 1, 2, 6).get(dice.nextInt(4));
    }

    private static Deed program(MessageType type, String payload) {
        return new Deed.Ask(World.GUESTS + 1, 0, type, payload);
    }

    /** A domain comes, with a home. */
    private Deed welcome() {
        int domid = guest();
        deeds.add(new Deed.Introduce(domid));
        String home = NaiveStore.home(domid);
        deeds.add(program(MessageType.MKDIR, home + "\0"));
        deeds.add(program(MessageType.SET_PERMS, home + "\0n" + domid + "\0"));
        return new Deed.Ask(domid, 0, MessageType.WATCH, "data\0own\0");
    }

    /** Some requests one after the other, without a step between them. */
    private Deed askAtOnce() {
        int client = client();
        for (int left = 1 + dice.nextInt(5); left > 0; left--) {
            deeds.add(ask(client));
        }
        return ask(client);
    }

    /** A transaction from its start to its end, while others do what may stand against it. */
    private Deed transact() {
        int client = client();
        int place = 1 + dice.nextInt(PLACES);
        String path = path(client);
        deeds.add(new Deed.Ask(client, place, MessageType.TRANSACTION_START, "\0"));
        comeThrough(client);
        for (int left = 1 + dice.nextInt(4); left > 0; left--) {
            String own = chance(2) ? path : path(client);
            deeds.add(
                    switch (dice.nextInt(6)) {
                        case 0 -> new Deed.Ask(client, place, MessageType.READ, own);
                        case 1 -> new Deed.Ask(client, place, MessageType.DIRECTORY, own);
                        case 2 -> new Deed.Ask(client, place, MessageType.RM, own);
                        case 3 -> new Deed.Ask(client, place, MessageType.SET_PERMS, own + permissions(client));
                        default -> new Deed.Ask(client, place, MessageType.WRITE, own + value());
                    });
            if (chance(2)) {
                deeds.add(chance(2) ? ask() : new Deed.Ask(client(), 0, MessageType.WRITE, path + value()));
            }
        }
        comeThrough(client);
        return new Deed.Ask(client, place, MessageType.TRANSACTION_END, chance(6) ? "F\0" : "T\0");
    }

    /** A ring has no room for all that its guest asks for, when the daemon is killed or not. */
    private Deed flood() {
        int client = List.of(0, 1, 2).get(dice.nextInt(3));
        deeds.add(program(MessageType.WRITE, LONG_VALUE + value() + "y".repeat(700 + dice.nextInt(400))));
        for (int left = 2 + dice.nextInt(6); left > 0; left--) {
            deeds.add(chance(3) ? ask(client) : new Deed.Ask(client, 0, MessageType.READ, LONG_VALUE));
        }
        deeds.add(new Deed.Steps(2 + dice.nextInt(8)));
        return chance(2) ? new Deed.Look(client, false) : new Deed.Kill(dice.nextInt(20), chance(3), 0);
    }

    /** A node goes with all below it, and some watch what goes. */
    private Deed fell() {
        String top = path(client()).replace("\0", "");
        String root = top.equals("/") ? "/s/b" : top;
        for (int left = 1 + dice.nextInt(3); left > 0; left--) {
            String place = root + "/" + NAMES.get(dice.nextInt(2)) + below(1) + "\0";
            deeds.add(program(MessageType.WRITE, place + value()));
            deeds.add(new Deed.Ask(client(), 0, MessageType.WATCH, place + token()));
        }
        deeds.add(new Deed.Steps(4 + dice.nextInt(8)));
        return program(MessageType.RM, root + "\0");
    }

    /** A guest makes more nodes in one transaction than it may own. */
    private Deed crowd() {
        int client = 1 + dice.nextInt(2);
        int place = 1 + dice.nextInt(PLACES);
        deeds.add(program(MessageType.SET_QUOTA, client + "\0nodes\0" + (2 + dice.nextInt(6)) + "\0"));
        deeds.add(new Deed.Ask(client, place, MessageType.TRANSACTION_START, "\0"));
        comeThrough(client);
        for (int left = 3 + dice.nextInt(4); left > 0; left--) {
            deeds.add(new Deed.Ask(client, place, MessageType.MKDIR, "data" + below(3) + "\0"));
        }
        comeThrough(client);
        return new Deed.Ask(client, place, MessageType.TRANSACTION_END, "T\0");
    }

    /** A daemon whose disk is full from the start is asked for more than it has room for. */
    private Deed fill() {
        if (!chance(6)) {
            return new Deed.Disk(false);
        }
        deeds.add(new Deed.Disk(true));
        deeds.add(new Deed.Kill(0, true, 0));
        return new Deed.Fill(300);
    }

    /** What this client asked is most likely answered. */
    private void comeThrough(int client) {
        if (!chance(4)) {
            deeds.add(new Deed.Steps(6 + dice.nextInt(8)));
            deeds.add(new Deed.Look(client, false));
        }
    }

    private Deed ask() {
        return ask(client());
    }

    private Deed ask(int client) {
        int place = chance(3) ? 1 + dice.nextInt(PLACES) : 0;
        return switch (dice.nextInt(26)) {
            case 0, 1, 2 -> new Deed.Ask(client, place, MessageType.READ, path(client));
            case 3, 4 -> new Deed.Ask(client, place, MessageType.DIRECTORY, path(client));
            case 5 -> new Deed.Ask(client, place, MessageType.GET_PERMS, path(client));
            case 6, 7, 8, 9, 10 -> new Deed.Ask(client, place, MessageType.WRITE, path(client) + value());
            case 11 -> new Deed.Ask(client, place, MessageType.MKDIR, path(client));
            case 12, 13 -> new Deed.Ask(client, place, MessageType.RM, path(client));
            case 14, 15 -> new Deed.Ask(client, place, MessageType.SET_PERMS, path(client) + permissions(client));
            case 16, 17 -> new Deed.Ask(client, 1 + dice.nextInt(PLACES), MessageType.TRANSACTION_START, "\0");
            case 18, 19 ->
                new Deed.Ask(client, 1 + dice.nextInt(PLACES), MessageType.TRANSACTION_END, chance(5) ? "F\0" : "T\0");
            case 20, 21 -> new Deed.Ask(client, 0, MessageType.WATCH, watched(client) + token());
            case 22 -> new Deed.Ask(client, 0, MessageType.UNWATCH, watched(client) + token());
            case 23 -> chance(4) ? new Deed.Ask(client, 0, MessageType.RESET_WATCHES, "\0") : quota(client);
            case 24 -> new Deed.Ask(client, 0, MessageType.IS_DOMAIN_INTRODUCED, guest() + "\0");
            default -> new Deed.Ask(client, 0, MessageType.SET_TARGET, guest() + "\0" + guest() + "\0");
        };
    }

    private Deed quota(int client) {
        return chance(2)
                ? new Deed.Ask(client, 0, MessageType.GET_QUOTA, guest() + "\0nodes\0")
                : new Deed.Ask(client, 0, MessageType.SET_QUOTA, guest() + "\0nodes\0" + (2 + dice.nextInt(8)) + "\0");
    }

    private String value() {
        values++;
        return "v" + values + "x".repeat(chance(6) ? dice.nextInt(300) : 0);
    }

    private String token() {
        return "t" + dice.nextInt(2) + "\0";
    }

    private String path(int client) {
        return switch (dice.nextInt(10)) {
            case 0 -> "/\0";
            case 1, 2, 3 -> home(client) + below(2) + "\0";
            case 4, 5, 6, 7 -> "/s" + below(3) + "\0";
            default -> "/" + NAMES.get(dice.nextInt(NAMES.size())) + below(2) + "\0";
        };
    }

    private String home(int client) {
        boolean guest = client > 0 && client <= World.GUESTS;
        return guest && chance(2) ? "data" : NaiveStore.home(guest && !chance(4) ? client : guest()) + "/data";
    }

    private String below(int levels) {
        StringBuilder path = new StringBuilder();
        for (int left = dice.nextInt(levels + 1); left > 0; left--) {
            path.append('/').append(NAMES.get(dice.nextInt(NAMES.size())));
        }
        return path.toString();
    }

    private String watched(int client) {
        return switch (dice.nextInt(8)) {
            case 0 -> (chance(2) ? "@releaseDomain" : "@introduceDomain") + (chance(2) ? "/" + guest() : "") + "\0";
            case 1 -> "/local\0";
            default -> path(client);
        };
    }

    private String permissions(int client) {
        boolean guest = client > 0 && client <= World.GUESTS;
        StringBuilder list = new StringBuilder();
        int owner = guest && !chance(6) ? client : chance(2) ? 0 : guest();
        list.append(letter()).append(owner).append('\0');
        for (int left = dice.nextInt(4); left > 0; left--) {
            int named = chance(8) ? 32757 : chance(8) ? 99 : guest();
            list.append(letter()).append(named).append('\0');
        }
        return list.toString();
    }

    private char letter() {
        return "nrwb".charAt(dice.nextInt(4));
    }
}
