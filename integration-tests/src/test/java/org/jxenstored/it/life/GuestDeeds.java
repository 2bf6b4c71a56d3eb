package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jxenstored.it.life.StoreRights.Verdict;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.protocol.Value;
import org.jxenstored.sim.host.RawRing;

/** What guests do with their rings, in good and in bad manners. */
final class GuestDeeds {
    private static final int NO_SUCH_TYPE = 99;

    private final RandomWorld world;
    private final Chance chance;

    GuestDeeds(RandomWorld world, Chance chance) {
        this.world = world;
        this.chance = chance;
    }

    private Optional<Inhabitant> polite() {
        return chance.oneOf(world.inhabitants(), Inhabitant::canAsk);
    }

    /** A guest reads or writes a node, which must work exactly if it was granted to this very domain (L-T-9). */
    String tryRights() throws InterruptedException {
        Optional<Inhabitant> who = polite();
        return who.isEmpty() ? "nobody asks" : tryRights(who.get());
    }

    String tryRights(Inhabitant who) throws InterruptedException {
        boolean write = chance.outOf(3) == 0;
        String path = chance.oneOf(world.rights().paths());
        if (write && chance.outOf(3) == 0 && path.startsWith("/shared/") && path.length() == 9) {
            path += "/of-" + Long.toHexString(who.uniqueId());
        }
        // Who writes there makes it anew or not: that depends on whether the daemon has heard of its owner's end.
        @Nullable Inhabitant owner = world.rights().ownerOf(path);
        write &= owner == null || owner.isAlive();
        world.settle();
        Verdict verdict =
                write ? world.rights().mayWrite(who, path) : world.rights().mayRead(who, path);
        String answer =
                ask(who, write ? MessageType.WRITE : MessageType.READ, Value.of(path + "\0" + (write ? "x" : "")));
        String what = who + (write ? " writes " : " reads ") + path + ": " + answer;
        if (answer.startsWith("?")) {
            assertThat(answer).as(what).isIn("?EACCES", "?ENOENT", who.quotas.isEmpty() ? "" : "?ENOSPC");
            boolean quota = answer.equals("?ENOSPC");
            assertThat(verdict).as(what).isIn(Verdict.EITHER, quota ? Verdict.YES : Verdict.NO);
        } else {
            assertThat(verdict).as(what).isNotEqualTo(Verdict.NO);
            if (write) {
                world.rights().written(who, path);
            }
        }
        return what;
    }

    private String ask(Inhabitant who, MessageType type, Value payload) throws InterruptedException {
        return ask(who, 0, type.number(), payload);
    }

    private static String ask(Inhabitant who, int transaction, int type, Value payload) throws InterruptedException {
        Optional<Message> reply = who.ring.ask(transaction, type, payload);
        assertThat(reply).as("reply to " + who).isPresent();
        String text = reply.orElseThrow().payload().text().replace("\0", "");
        return reply.get().isOfType(MessageType.ERROR) ? "?" + text : text;
    }

    /** Something that leaves watches and transactions behind. */
    String settleIn() throws InterruptedException {
        Optional<Inhabitant> chosen = polite();
        if (chosen.isEmpty()) {
            return "nobody settles in";
        }
        Inhabitant who = chosen.get();
        String path = chance.oneOf(world.rights().paths());
        String token = Integer.toString(chance.outOf(5));
        return who
                + switch (chance.outOf(7)) {
                    case 0, 1 -> " watches: " + ask(who, MessageType.WATCH, Arguments.join(path, token));
                    case 2 -> " watches no more: " + ask(who, MessageType.UNWATCH, Arguments.join(path, token));
                    case 3 -> " resets watches: " + ask(who, MessageType.RESET_WATCHES, Arguments.join(""));
                    case 4 -> " sends nonsense: " + ask(who, 0, NO_SUCH_TYPE, Value.of("nonsense"));
                    default -> inTransaction(who, path);
                };
    }

    private String inTransaction(Inhabitant who, String path) throws InterruptedException {
        String id = ask(who, MessageType.TRANSACTION_START, Arguments.join(""));
        if (id.startsWith("?")) {
            return " begins no transaction: " + id;
        }
        int transaction = Integer.parseUnsignedInt(id);
        String answer = ask(who, transaction, MessageType.READ.number(), Arguments.join(path));
        if (chance.outOf(2) == 0) {
            return " leaves transaction " + id + " open, read " + answer;
        }
        return " ends a transaction: "
                + ask(who, transaction, MessageType.TRANSACTION_END.number(), Arguments.join("T"));
    }

    /** Requests that nobody waits for, so that they are in the ring when something else happens. */
    String sendAhead() {
        Optional<Inhabitant> chosen = polite();
        if (chosen.isEmpty()) {
            return "nobody sends ahead";
        }
        int count = 1 + chance.outOf(30);
        for (int i = 0; i < count; i++) {
            String path = chance.oneOf(world.rights().paths());
            var _ = chosen.get().ring.send(0, MessageType.READ.number(), Arguments.join(path));
        }
        return chosen.get() + " sends " + count + " requests";
    }

    String misbehave() {
        Optional<Inhabitant> chosen =
                chance.oneOf(world.inhabitants(), each -> each.isAlive() && (each.introduced || chance.outOf(4) == 0));
        if (chosen.isEmpty()) {
            return "nobody misbehaves";
        }
        Inhabitant who = chosen.get();
        RawRing ring = who.domain.rawRing();
        String what = switch (chance.outOf(7)) {
            case 0 -> {
                ring.setWord(RawRing.REQUEST_PRODUCER, ring.word(RawRing.REQUEST_CONSUMER) + 5000);
                yield "bad request index";
            }
            case 1 -> {
                ring.setWord(RawRing.RESPONSE_CONSUMER, ring.word(RawRing.RESPONSE_PRODUCER) + 5000);
                yield "bad response index";
            }
            case 2 -> {
                ring.fill((byte) (chance.outOf(2) == 0 ? 0xff : 7));
                who.domain.ringPage().setEventChannel(who.preset ? who.domain.storePort() : 0);
                yield "garbage in the whole page";
            }
            case 3 -> {
                Message half = Message.of(MessageType.READ, 1, 0, Arguments.join("/shared/0"));
                who.ring.sendPart(half, 1 + chance.outOf(20));
                yield "half a request";
            }
            case 4 -> {
                byte[] tooLong = new byte[16];
                tooLong[13] = (byte) (Limits.PAYLOAD_MAX >> 8);
                tooLong[12] = 1;
                var _ = who.domain.ringPage().requests().write(tooLong, 0, tooLong.length);
                yield "a length of more than 4096";
            }
            default -> {
                who.domain.revokeGrant(1);
                who.granted = false;
                yield "revokes grant 1";
            }
        };
        who.mannerly &= what.startsWith("revokes");
        who.domain.signalStore();
        return who + " misbehaves: " + what;
    }

    /** A guest that was ignored asks for a fresh connection (S-RING-11). */
    String reconnect() throws InterruptedException {
        Optional<Inhabitant> chosen =
                chance.oneOf(world.inhabitants(), each -> each.isAlive() && each.introduced && each.mayReconnect());
        if (chosen.isEmpty()) {
            return "nobody reconnects";
        }
        assertThat(chosen.get().ring.reconnect())
                .as("domain " + chosen.get() + " gets a fresh connection")
                .isTrue();
        chosen.get().mannerly = true;
        assertThat(chosen.get().domain.ringPage().connection()).isEqualTo(RingPage.CONNECTED);
        return chosen.get() + " reconnects";
    }

    /** Everybody with good manners is served (L-RACE-2, S-RING-16). */
    void everybodyAsks() throws InterruptedException {
        for (Inhabitant each : List.copyOf(world.inhabitants())) {
            if (each.canAsk()) {
                var _ = tryRights(each);
            }
        }
    }
}
