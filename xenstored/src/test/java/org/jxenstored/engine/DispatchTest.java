package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.protocol.Errno;

@DisplayName("P-ERR-7: the checks each request passes, in their order")
class DispatchTest extends EngineWorld {
    @ParameterizedTest
    @ValueSource(ints = {15, 16, 20, 27, 30, 65534, 65535, -1})
    @DisplayName("P-ERR-7 step 2: an unknown type is ENOSYS, even with an unknown transaction")
    void anUnknownTypeIsEnosys(int type) {
        assertThat(dom0.ask(type, "/\0")).isEqualTo("ENOSYS");
        assertThat(guest(3).in(99).ask(type, "")).isEqualTo("ENOSYS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INTRODUCE",
                "RELEASE",
                "IS_DOMAIN_INTRODUCED",
                "RESUME",
                "SET_TARGET",
                "SET_FEATURE",
                "GET_QUOTA",
                "SET_QUOTA"
            })
    @DisplayName("P-ERR-7 step 3: what needs privilege is EACCES for guests, whatever it contains")
    void privilegeComesBeforeEverythingElse(String type) {
        Guest guest = guest(3);
        assertThat(guest.ask(type)).isEqualTo("EACCES");
        assertThat(guest.in(99).ask(type, "3", "1")).isEqualTo("EACCES");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DIRECTORY",
                "READ",
                "GET_PERMS",
                "WRITE",
                "MKDIR",
                "RM",
                "SET_PERMS",
                "DIRECTORY_PART",
                "TRANSACTION_START",
                "TRANSACTION_END",
                "GET_DOMAIN_PATH",
                "RESET_WATCHES",
                "GET_FEATURE",
                "RELEASE"
            })
    @DisplayName("P-ERR-7 step 4, P-TYPE-2, P-MX-24: an unknown transaction is ENOENT before the payload is looked at")
    void anUnknownTransactionIsEnoent(String type) {
        assertThat(dom0.in(99).ask(type, "//bad")).isEqualTo("ENOENT");
    }

    @Test
    @DisplayName("P-ERR-7, S-TX-1: a transaction of another connection does not exist for this one")
    void somebodyElsesTransactionIsUnknown() {
        Client other = socket();
        int id = other.begin();
        assertThat(dom0.in(id).ask("READ", "/")).isEqualTo("ENOENT");
        assertThat(other.ask("READ", "/")).isEmpty();
    }

    @Test
    @DisplayName("P-WATCH-10: WATCH and UNWATCH do not look at the transaction")
    void watchesIgnoreTheTransaction() {
        dom0.in(99).ok("WATCH", "/a", "t");
        dom0.in(99).ok("UNWATCH", "/a", "t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONTROL",
                "DIRECTORY",
                "READ",
                "GET_PERMS",
                "WATCH",
                "UNWATCH",
                "TRANSACTION_END",
                "INTRODUCE",
                "RELEASE",
                "GET_DOMAIN_PATH",
                "WRITE",
                "MKDIR",
                "RM",
                "SET_PERMS",
                "IS_DOMAIN_INTRODUCED",
                "RESUME",
                "SET_TARGET",
                "DIRECTORY_PART",
                "SET_FEATURE",
                "SET_QUOTA"
            })
    @DisplayName("P-MX-1, P-MX-30, P-HDR-7: an empty payload is EINVAL where arguments are needed")
    void anEmptyPayloadIsEinval(String type) {
        engine.addControl(call -> call.arguments().isEmpty() ? Reply.failed(Errno.EINVAL) : Reply.OK);
        assertThat(dom0.ask(type)).isEqualTo("EINVAL");
    }

    @Test
    @DisplayName("P-HDR-8, P-ORD-1: replies come in the order of the requests")
    void repliesComeInOrder() {
        dom0.send("READ", "/tool");
        dom0.send("GET_DOMAIN_PATH", "3");
        dom0.send("MKDIR", "/a");
        assertThat(dom0.all()).containsExactly("READ ", "GET_DOMAIN_PATH /local/domain/3", "MKDIR OK");
    }

    @Test
    @DisplayName("P-ORD-4: events a request causes come before its reply")
    void eventsComeBeforeTheReply() {
        dom0.ok("WATCH", "/a", "t");
        dom0.events();
        dom0.send("WRITE", "/a", "1");
        dom0.send("RM", "/a");
        assertThat(dom0.all()).containsExactly("WATCH_EVENT /a t", "WRITE OK", "RM OK");
    }

    @Test
    @DisplayName("P-ORD-5, P-WATCH-8: a watch's first event comes after its reply, with the path as it was given")
    void theFirstEventComesAfterTheReply() {
        Guest guest = guest(3);
        guest.send("WATCH", "data", "t");
        assertThat(guest.all()).containsExactly("WATCH OK", "WATCH_EVENT data t");
    }

    @Test
    @DisplayName("P-ERR-8: a reply that would be too long is E2BIG")
    void aTooLongReplyIsE2big() {
        for (int i = 0; i < 820; i++) {
            dom0.ok("MKDIR", "/d/" + (1000 + i));
        }
        assertThat(dom0.ask("DIRECTORY", "/d")).isEqualTo("E2BIG");
        dom0.ok("RM", "/d/1000");
        assertThat(dom0.ask("DIRECTORY", "/d")).as("819 names of 5 bytes").hasSize(4094);
    }

    @Test
    void anExceptionInAnOperationIsOneEioAndNothingElseBreaks() {
        Client other = socket();
        other.ok("WATCH", "/a", "t");
        other.events();
        engine.addControl(_ -> {
            throw new IllegalStateException("defect");
        });
        dom0.send("CONTROL", "x");
        dom0.send("WRITE", "/a", "1");
        assertThat(dom0.all()).containsExactly("ERROR EIO", "WRITE OK");
        assertThat(other.events()).containsExactly("/a t");
        assertThat(trace.defects).singleElement().asString().contains("type 0", "socket", "defect");
        trace.defects.clear();
    }

    @Test
    void aStackOverflowIsAnEioToo() {
        engine.addControl(_ -> {
            throw new StackOverflowError("too deep");
        });
        assertThat(dom0.ask("CONTROL", "x")).isEqualTo("EIO");
        assertThat(dom0.ask("READ", "/")).isEmpty();
        assertThat(trace.defects).hasSize(1);
        trace.defects.clear();
    }

    @Test
    void aReplyMayComeLater() {
        Runnable[] finish = new Runnable[1];
        engine.addControl(call -> {
            finish[0] = () -> call.later().accept(Reply.text("done"));
            return new Reply.Later();
        });
        dom0.send("CONTROL", "x");
        dom0.send("READ", "/");
        assertThat(dom0.all()).containsExactly("READ ");
        finish[0].run();
        assertThat(dom0.all()).containsExactly("CONTROL done");
    }

    @Test
    void aLateReplyToAClosedConnectionGoesNowhere() {
        Runnable[] finish = new Runnable[1];
        engine.addControl(call -> {
            finish[0] = () -> call.later().accept(Reply.text("done"));
            return new Reply.Later();
        });
        Client other = socket();
        other.send("CONTROL", "x");
        engine.disconnect(other.connection());
        finish[0].run();
        assertThat(other.all()).isEmpty();
    }

    @Test
    void aClosedConnectionLeavesNothing() {
        Client other = socket();
        other.ok("WATCH", "/a", "t");
        other.begin();
        other.send("WRITE", "/x", "1");
        engine.disconnect(other.connection());
        engine.disconnect(other.connection());
        assertThat(engine.watches().all()).isEmpty();
        assertThat(engine.connections().openTransactions()).isZero();
        assertThat(other.ask("READ", "/")).isEqualTo("no reply");
        assertThat(engine.connections().all()).hasSize(1);
    }

    @Test
    @DisplayName("P-CALL-3: a socket acts as the daemon's domain, and is privileged only if that is")
    void aSocketActsAsTheDaemonsDomain() {
        hypervisor.create(4);
        Engine stubdom = new Engine(
                new EngineConfig(
                        4, 0, EngineConfig.DEFAULT.quotas(), 20, false, 1 << 20, EngineConfig.DEFAULT_EVENTS_AT_ONCE),
                hypervisor,
                (_, _, _) -> new RingHost.Attachment.Refused(Errno.EINVAL, ""),
                () -> now,
                trace);
        Client client = new Client("socket");
        Connection connection = stubdom.connectSocket(client);
        assertThat(connection.domain().domid()).isEqualTo(4);
        assertThat(connection.isPrivileged()).isFalse();
        assertThat(connection.isLimited()).isFalse();
        assertThat(dom0.connection().isPrivileged()).isTrue();
    }

    @Test
    void aListenersIdentityHasThatDomainsRightsAndQuotas() {
        Client client = new Client("socket as 7");
        client.connection = engine.connectAs(7, client);
        assertThat(client.ask("WRITE", "/x", "1")).isEqualTo("EACCES");
        dom0.ok("WRITE", "/seven", "");
        dom0.ok("SET_PERMS", "/seven", "n7");
        client.ok("WRITE", "/seven/x", "1");
        assertThat(client.ask("READ", "x")).isEqualTo("EACCES");
        dom0.ok("SET_QUOTA", "7", "nodes", "2");
        assertThat(client.ask("WRITE", "/seven/y", "1")).isEqualTo("ENOSPC");
        engine.scanAll();
        assertThat(client.ask("READ", "/seven/x"))
                .as("no scan takes it for dead")
                .isEqualTo("1");
        assertThat(List.of(client.ask("CONTROL", "check"))).containsExactly("ENOSYS");
    }
}
