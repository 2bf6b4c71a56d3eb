package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.domain.Domain;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.store.Node;

@DisplayName("semantics.md 7: what a guest may use")
class QuotaTest extends EngineWorld {
    private final Guest guest = guest(3);

    private void limit(String name, long value) {
        dom0.ok("SET_QUOTA", "3", name, Long.toString(value));
    }

    private Domain domain() {
        return Objects.requireNonNull(engine.domains().get(3));
    }

    private long used(QuotaName name) {
        return domain().gauge(name).value();
    }

    @BeforeEach
    void onlyTheHomeIsOwned() {
        assertThat(used(QuotaName.NODES)).isEqualTo(1);
    }

    @Test
    @DisplayName("P-WRITE-7, S-QUOTA-1, S-CREATE-6: as many nodes as the number says, all levels counted before")
    void nodes() {
        limit("nodes", 4);
        assertThat(guest.ask("WRITE", "a/b/c/d", "1")).isEqualTo("ENOSPC");
        assertThat(guest.ask("READ", "a")).as("S-CREATE-7: all or nothing").isEqualTo("ENOENT");
        guest.ok("WRITE", "a/b/c", "1");
        assertThat(guest.ask("MKDIR", "e")).isEqualTo("ENOSPC");
        guest.ok("WRITE", "a", "S-QUOTA-4: what exists may be written");
        guest.ok("MKDIR", "a");
        guest.ok("RM", "a/b/c");
        guest.ok("MKDIR", "e");
    }

    @Test
    @DisplayName("S-QUOTA-6, S-CREATE-4: dom0 never fails on the owner's quota, but it is booked")
    void dom0NeverFails() {
        limit("nodes", 1);
        dom0.ok("WRITE", "/local/domain/3/a/b", "1");
        assertThat(dom0.ask("GET_PERMS", "/local/domain/3/a/b")).isEqualTo("n3");
        assertThat(used(QuotaName.NODES)).isEqualTo(3);
    }

    @Test
    @DisplayName("S-QUOTA-5: SET_PERMS by dom0 moves a node to its new owner's account")
    void ownersChange() {
        guest.ok("WRITE", "a", "12345");
        long memory = used(QuotaName.MEMORY);
        dom0.ok("SET_PERMS", "/local/domain/3/a", "n0");
        assertThat(used(QuotaName.NODES)).isEqualTo(1);
        assertThat(used(QuotaName.MEMORY)).isEqualTo(memory - (24 + 5 + "/local/domain/3/a".length()));
    }

    @Test
    @DisplayName("S-CREATE-3: what a guest makes below another's node is its own; other entries stay")
    void aGuestOwnsWhatItMakes() {
        dom0.ok("WRITE", "/shared", "");
        dom0.ok("SET_PERMS", "/shared", "n0", "b3");
        guest.ok("WRITE", "/shared/x", "1");
        assertThat(dom0.ask("GET_PERMS", "/shared/x")).isEqualTo("n3 b3");
        assertThat(used(QuotaName.NODES)).isEqualTo(2);
    }

    @Test
    @DisplayName("P-WRITE-6, S-NODE-5, S-QUOTA-12: node-size counts permissions, the value and the children's names")
    void nodeSize() {
        limit("node-size", 16 + 8 + 10);
        guest.ok("WRITE", "a", "1234567890");
        assertThat(guest.ask("WRITE", "a", "12345678901")).isEqualTo("ENOSPC");
        assertThat(guest.ask("WRITE", "b", "12345678901")).isEqualTo("ENOSPC");
        guest.ok("WRITE", "a", "12");
        guest.ok("MKDIR", "a/c456789");
        assertThat(guest.ask("MKDIR", "a/d")).isEqualTo("ENOSPC");
        guest.ok("RM", "a/c456789");
        assertThat(guest.ask("SET_PERMS", "a", "n3", "r1", "r2")).isEqualTo("ENOSPC");
        guest.ok("SET_PERMS", "a", "n3", "r1");
        dom0.ok("WRITE", "/local/domain/3/a", "x".repeat(3000));
    }

    @Test
    @DisplayName("S-QUOTA-10: a child may always be removed")
    void aChildMayAlwaysBeRemoved() {
        guest.ok("MKDIR", "a/b");
        limit("node-size", 1);
        guest.ok("RM", "a/b");
    }

    @Test
    @DisplayName("P-WRITE-8: the memory quota refuses what makes nodes larger")
    void memory() {
        guest.ok("WRITE", "a", "1");
        limit("memory", used(QuotaName.MEMORY) + 30);
        assertThat(guest.ask("WRITE", "a", "x".repeat(40))).isEqualTo("EIO");
        assertThat(guest.ask("WRITE", "b", "x".repeat(40))).isEqualTo("EIO");
        guest.ok("WRITE", "a", "");
    }

    @Test
    @DisplayName("P-SPERM-2: entries of a permission list")
    void permissionEntries() {
        guest.ok("WRITE", "a", "");
        guest.ok("SET_PERMS", "a", "n3", "r0", "r0", "r0", "r0");
        assertThat(guest.ask("SET_PERMS", "a", "n3", "r0", "r0", "r0", "r0", "bad"))
                .isEqualTo("ENOSPC");
        dom0.ok("SET_PERMS", "/local/domain/3/a", "n3", "r0", "r0", "r0", "r0", "r0", "r0");
    }

    @Test
    @DisplayName("P-PATH-10, P-PATH-11: 2048 bytes below the home, for guests only")
    void pathLength() {
        String longest = "x".repeat(2048);
        limit("node-size", 0);
        guest.ok("WRITE", longest, "");
        assertThat(guest.ask("READ", longest + "x")).isEqualTo("EINVAL");
        assertThat(guest.ask("WATCH", longest + "x", "t")).isEqualTo("EINVAL");
        dom0.ok("WRITE", "/" + longest + "x", "");
        limit("path-max", 3000);
        assertThat(guest.ask("READ", longest + "x"))
                .as("the option can only lower it")
                .isEqualTo("EINVAL");
        limit("path-max", 4);
        assertThat(guest.ask("READ", "12345")).isEqualTo("EINVAL");
        assertThat(guest.ask("READ", "1234")).isEqualTo("ENOENT");
    }

    @Test
    @DisplayName("P-WATCH-4, P-WATCH-5, P-WATCH-6: watches")
    void watches() {
        limit("watches", 2);
        guest.ok("WATCH", "a", "1");
        guest.ok("WATCH", "a", "2");
        assertThat(guest.ask("WATCH", "a", "3")).isEqualTo("ENOSPC");
        assertThat(guest.ask("WATCH", "/local/domain/3/a", "1")).isEqualTo("EEXIST");
        guest.ok("UNWATCH", "/local/domain/3/a", "1");
        guest.ok("WATCH", "a", "3");
        guest.ok("RESET_WATCHES");
        limit("memory", used(QuotaName.MEMORY) + 10);
        assertThat(guest.ask("WATCH", "a", "t")).isEqualTo("ENOMEM");
    }

    @Test
    @DisplayName("P-TXS-3, P-TXS-4: transactions")
    void transactions() {
        limit("transactions", 2);
        assertThat(guest.begin()).isEqualTo(1);
        assertThat(guest.begin()).isEqualTo(2);
        guest.in(0);
        assertThat(guest.ask("TRANSACTION_START")).isEqualTo("ENOSPC");
        assertThat(guest.in(1).end("F")).isEqualTo("OK");
        assertThat(guest.begin()).isEqualTo(3);
        assertThat(guest.ask("TRANSACTION_START")).as("P-TXS-1").isEqualTo("EBUSY");
        guest.ok("RESET_WATCHES");
        assertThat(guest.in(2).ask("TRANSACTION_END", "T")).as("P-RESET-1").isEqualTo("ENOENT");
    }

    @Test
    @DisplayName("S-TX-12, P-TXE-4, P-TXE-8: too many nodes touched fail the transaction; its end is ENOMEM")
    void transactionNodes() {
        limit("transaction-nodes", 3);
        guest.begin();
        guest.ok("WRITE", "a", "1");
        assertThat(guest.ask("READ", "b")).isEqualTo("ENOENT");
        assertThat(guest.ask("READ", "c")).isEqualTo("ENOSPC");
        assertThat(guest.ask("READ", "a")).as("nothing of it is kept").isEqualTo("ENOENT");
        assertThat(guest.end("T")).isEqualTo("ENOMEM");
        assertThat(guest.ask("READ", "a")).isEqualTo("ENOENT");
        guest.begin();
        guest.ask("RM", "x/y/z");
        guest.ask("READ", "c");
        assertThat(guest.end("F")).as("P-TXE-3").isEqualTo("OK");
    }

    @Test
    @DisplayName("S-TX-13, S-TX-14, P-TXE-5: nodes made in a transaction are counted at its commit")
    void nodesInATransaction() {
        limit("nodes", 3);
        guest.begin();
        for (String each : new String[] {"a", "b", "c"}) {
            guest.ok("MKDIR", each);
        }
        assertThat(guest.end("T")).isEqualTo("ENOSPC");
        guest.begin();
        guest.ok("MKDIR", "a");
        guest.ok("MKDIR", "b");
        assertThat(guest.end("T")).isEqualTo("OK");
        guest.begin();
        assertThat(guest.ask("MKDIR", "c")).as("already at the limit").isEqualTo("ENOSPC");
        assertThat(guest.end("T")).as("which does not spoil it").isEqualTo("OK");
    }

    @Test
    @DisplayName("S-TX-13: nodes that a commit makes because they went meanwhile are counted too")
    void nodesThatWentMeanwhile() {
        for (String each : new String[] {"a", "b", "c"}) {
            guest.ok("MKDIR", each);
        }
        guest.begin();
        for (String each : new String[] {"a", "b", "c"}) {
            guest.ok("WRITE", each, "1");
        }
        for (String each : new String[] {"a", "b", "c"}) {
            dom0.ok("RM", "/local/domain/3/" + each);
        }
        limit("nodes", 2);
        assertThat(guest.end("T")).isEqualTo("ENOSPC");
        assertThat(used(QuotaName.NODES)).isEqualTo(1);
    }

    @Test
    @DisplayName("S-TX-5, S-QUOTA-7: what an open transaction holds counts as memory, until it ends")
    void transactionsCountAsMemory() {
        long before = used(QuotaName.MEMORY);
        guest.begin();
        guest.ok("WRITE", "a", "x".repeat(100));
        assertThat(used(QuotaName.MEMORY)).isGreaterThanOrEqualTo(before + 100);
        guest.end("F");
        assertThat(used(QuotaName.MEMORY)).isEqualTo(before);
        guest.begin();
        limit("memory", before + 150);
        assertThat(guest.ask("WRITE", "a", "x".repeat(100))).isIn("ENOMEM", "EIO");
        assertThat(guest.end("T")).isEqualTo("ENOMEM");
    }

    @Test
    @DisplayName("S-NODE-5: a node counts with its absolute path as key")
    void theMemoryOfANode() {
        dom0.ok("WRITE", "/local/domain/1", "");
        dom0.ok("WRITE", "/local/domain/9", "");
        long before = used(QuotaName.MEMORY);
        guest.ok("MKDIR", "k");
        Node home = Objects.requireNonNull(engine.store().tree().find(StorePath.of("/local/domain/3")));
        assertThat(home.size()).isEqualTo(24 + 2);
        assertThat(used(QuotaName.MEMORY)).isEqualTo(before + 2 + 24 + "/local/domain/3/k".length());
    }

    @Test
    @DisplayName("P-TXE-1, P-TXE-2: a bad end leaves the transaction open")
    void aBadEndLeavesItOpen() {
        assertThat(guest.ask("TRANSACTION_END", "T")).isEqualTo("ENOENT");
        guest.begin();
        for (String bad : new String[] {"", "X", "TT", "T\0F"}) {
            assertThat(guest.ask("TRANSACTION_END", bad)).as(bad).isEqualTo("EINVAL");
        }
        assertThat(guest.end("T")).isEqualTo("OK");
    }

    @Test
    @DisplayName("P-SQ-1, P-SQ-2, P-SQ-3, P-GQ-2, P-GQ-3: GET_QUOTA and SET_QUOTA")
    void quotaRequests() {
        assertThat(dom0.ask("GET_QUOTA")).startsWith("nodes watches outstanding memory soft-memory");
        assertThat(dom0.ask("GET_QUOTA", "nodes")).isEqualTo("1000");
        dom0.ok("SET_QUOTA", "nodes", "5");
        assertThat(dom0.ask("GET_QUOTA", "nodes")).isEqualTo("5");
        assertThat(dom0.ask("GET_QUOTA", "3", "nodes")).isEqualTo("1000");
        dom0.ok("SET_QUOTA", "3", "permissions", "4294967294");
        assertThat(dom0.ask("GET_QUOTA", "3", "node-permissions")).isEqualTo("4294967294");
        assertThat(dom0.ask("SET_QUOTA", "3", "nodes", "4294967295")).isEqualTo("EINVAL");
        assertThat(dom0.ask("SET_QUOTA", "3", "nodes", "-1")).isEqualTo("EINVAL");
        assertThat(dom0.ask("SET_QUOTA", "3", "nonsense", "1")).isEqualTo("EINVAL");
        assertThat(dom0.ask("SET_QUOTA", "x", "nodes", "1")).isEqualTo("EINVAL");
        assertThat(dom0.ask("SET_QUOTA", "9", "nodes", "1")).isEqualTo("ENOENT");
        assertThat(dom0.ask("GET_QUOTA", "9", "nodes")).isEqualTo("ENOENT");
        assertThat(dom0.ask("GET_QUOTA", "a", "b", "c")).isEqualTo("EINVAL");
    }

    @Test
    @DisplayName("P-GFEAT-1 to P-GFEAT-5, P-SFEAT-1 to P-SFEAT-4: GET_FEATURE and SET_FEATURE")
    void featureRequests() {
        hypervisor.create(4);
        assertThat(guest.ask("GET_FEATURE")).isEqualTo("15");
        assertThat(guest.ask("GET_FEATURE", "3")).isEqualTo("EACCES");
        assertThat(dom0.ask("GET_FEATURE", "4")).isEqualTo("15");
        assertThat(dom0.ask("GET_FEATURE", "9")).isEqualTo("ENOENT");
        assertThat(dom0.ask("GET_FEATURE", "4", "5")).isEqualTo("EINVAL");
        assertThat(dom0.ask("SET_FEATURE", "4", "16")).isEqualTo("EINVAL");
        assertThat(dom0.ask("SET_FEATURE", "4")).isEqualTo("EINVAL");
        assertThat(dom0.ask("SET_FEATURE", "9", "1")).isEqualTo("ENOENT");
        assertThat(dom0.ask("SET_FEATURE", "3", "1")).isEqualTo("EBUSY");
        dom0.ok("SET_FEATURE", "4", "0");
        Guest plain = introduce(4);
        assertThat(plain.deeds).contains("features 0");
        assertThat(plain.ask("WATCH", "a", "t", "1")).as("P-WATCH-1").isEqualTo("EINVAL");
        plain.ok("WATCH", "a", "t");
    }
}
