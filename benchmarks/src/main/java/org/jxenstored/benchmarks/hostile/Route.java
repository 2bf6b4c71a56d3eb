package org.jxenstored.benchmarks.hostile;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/** The ways in which a guest may try to use up the daemon's memory or time, or to break it. */
enum Route {
    /** Transactions that make as many nodes, as large, as may be: a commit is one write to the rate limit. */
    FILL(12) {
        @Override
        void take(Attacker by) {
            by.ask(0, MessageType.TRANSACTION_START, "");
            int open = by.takeTransaction();
            int size = by.random().nextInt(2) * 1900 + by.random().nextInt(60);
            for (int i = 0; open != 0 && i < 100; i++) {
                by.write(open, "data/" + by.random().nextInt(NODES), size);
            }
            by.ask(open, MessageType.TRANSACTION_END, "T");
        }
    },
    /** Transactions with much in them that never end. */
    HOLD(12) {
        @Override
        void take(Attacker by) {
            by.ask(0, MessageType.TRANSACTION_START, "");
            int open = by.transaction();
            for (int i = 0; open != 0 && i < 50; i++) {
                by.ask(open, MessageType.READ, "data/" + by.random().nextInt(NODES));
                by.ask(open, MessageType.DIRECTORY, "data");
                by.write(open, "data/" + by.random().nextInt(NODES), by.random().nextInt(1900));
            }
        }
    },
    /** Nodes that all watch, written one by one, while others' transactions keep what they were. */
    REWRITE(8) {
        @Override
        void take(Attacker by) {
            for (int i = 0; i < 3; i++) {
                by.write(0, "/shared/" + by.random().nextInt(200), by.random().nextInt(1000));
                by.write(0, "data/" + by.random().nextInt(NODES), by.random().nextInt(1900));
            }
        }
    },
    /** As many watches as may be, with long tokens, on what others change. */
    WATCHES(8) {
        @Override
        void take(Attacker by) {
            for (int i = 0; i < 20; i++) {
                String token =
                        "t".repeat(by.random().nextInt(1000)) + by.random().nextInt(1000);
                by.ask(0, MessageType.WATCH, i % 2 == 0 ? "/shared" : "data/" + i, token);
            }
            by.ask(0, MessageType.WATCH, "@releaseDomain", "r");
            by.ask(0, MessageType.WATCH, "/", "all");
        }
    },
    /** Watches on paths of a thousand levels, which cost most. */
    DEEP_WATCHES(3) {
        @Override
        void take(Attacker by) {
            for (int i = 0; i < 4; i++) {
                String first = Character.toString('a' + by.random().nextInt(26));
                by.ask(
                        0,
                        MessageType.WATCH,
                        first + "/a".repeat(1000),
                        Integer.toString(by.random().nextInt(100)));
            }
        }
    },
    /** Makes the daemon forget all watches and transactions, again and again. */
    RESET_WATCHES(1) {
        @Override
        void take(Attacker by) {
            for (int i = 0; i < 20; i++) {
                by.ask(0, MessageType.RESET_WATCHES, "");
                by.ask(0, MessageType.WATCH, "data", "again");
            }
            by.forgetTransactions();
        }
    },
    /** Answers, and then events, that nobody reads. */
    UNREAD(3) {
        @Override
        void take(Attacker by) {
            by.deafFor(500 + by.random().nextInt(8000));
            for (int i = 0; i < 30; i++) {
                by.ask(0, MessageType.READ, "data/" + i);
            }
        }
    },
    /** A request that comes byte by byte, with a signal for each. */
    DRIBBLE(3) {
        @Override
        void take(Attacker by) {
            by.write(0, "data/slow", 400);
            by.dribble(450);
        }
    },
    /** Requests that are as long as may be, and mean nothing. */
    GARBAGE(6) {
        @Override
        void take(Attacker by) {
            byte[] noise = new byte[Limits.PAYLOAD_MAX];
            by.random().nextBytes(noise);
            int type = by.random().nextInt(40) - 5;
            by.bytes(new Message(type, 1, by.random().nextInt(3), Value.owning(noise)).toByteArray());
        }
    },
    /** Permission lists of all lengths, and nodes given away. */
    PERMISSIONS(6) {
        @Override
        void take(Attacker by) {
            String node = "data/" + by.random().nextInt(NODES);
            int other = 1 + by.random().nextInt(150);
            by.ask(0, MessageType.SET_PERMS, node, "n" + other);
            String[] list = new String[2 + by.random().nextInt(by.random().nextBoolean() ? 4 : 700)];
            list[0] = node;
            for (int i = 1; i < list.length; i++) {
                list[i] = "b" + (i == 1 ? by.domid() : 1 + by.random().nextInt(150));
            }
            by.ask(0, MessageType.SET_PERMS, list);
        }
    },
    /** Listings of large nodes, whole and in parts. */
    LISTINGS(10) {
        @Override
        void take(Attacker by) {
            for (int i = 0; i < 10; i++) {
                by.ask(0, MessageType.DIRECTORY, "data");
                by.ask(
                        0,
                        MessageType.DIRECTORY_PART,
                        "/shared",
                        Integer.toString(by.random().nextInt(500)));
            }
        }
    },
    /** A tree as deep as may be, made and removed. */
    DEEP(2) {
        @Override
        void take(Attacker by) {
            by.ask(0, MessageType.MKDIR, "d" + "/d".repeat(900));
            by.ask(0, MessageType.RM, "d");
        }
    },
    /** What only dom0 may ask for. */
    PRIVILEGED(6) {
        @Override
        void take(Attacker by) {
            by.ask(0, MessageType.CONTROL, "check");
            by.ask(0, MessageType.CONTROL, "memreport", "/tmp/x");
            by.ask(0, MessageType.INTRODUCE, "1", "1", "1");
            by.ask(0, MessageType.RELEASE, "1");
            by.ask(0, MessageType.SET_TARGET, "1", "2");
            by.ask(0, MessageType.SET_QUOTA, Integer.toString(by.domid()), "nodes", "0");
            by.ask(0, MessageType.RM, "/local/domain/0");
            by.write(0, "/tool/xenstored/x", 10);
        }
    },
    /** Signals without anything to tell of. */
    KICKS(4) {
        @Override
        void take(Attacker by) throws IOException {
            by.kick(500);
        }
    },
    /** Indexes that contradict each other, or a length beyond all. */
    NONSENSE(0) {
        @Override
        void take(Attacker by) throws IOException {
            Random random = by.random();
            if (random.nextBoolean()) {
                by.bytes(new byte[Header.SIZE * 3 + 1]);
                byte[] noise = new byte[200];
                random.nextBytes(noise);
                by.bytes(noise);
            } else {
                by.page().requests().publishProducer(random.nextInt());
                by.page().responses().publishConsumer(random.nextInt());
                by.kick(1);
            }
        }
    },
    /** Dies in the middle of it all; another one comes in its place. */
    DEATH(0) {
        @Override
        void take(Attacker by) {
            by.die();
        }
    };

    private static final int NODES = 990;

    /** Of so many turns one is each of those without a weight. */
    private static final int RARELY = 2000;

    private static final Route[] WEIGHTED = weighted();

    private final int weight;

    Route(int weight) {
        this.weight = weight;
    }

    abstract void take(Attacker by) throws IOException;

    private static Route[] weighted() {
        return Arrays.stream(values())
                .flatMap(route -> Collections.nCopies(route.weight, route).stream())
                .toArray(Route[]::new);
    }

    static Route any(Random random) {
        return switch (random.nextInt(RARELY)) {
            case 0 -> NONSENSE;
            case 1 -> DEATH;
            default -> WEIGHTED[random.nextInt(WEIGHTED.length)];
        };
    }
}
