package org.jxenstored.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jxenstored.client.Background.result;
import static org.jxenstored.client.Background.run;
import static org.jxenstored.protocol.MessageType.*;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;

/** What each call sends and what it makes of the answer. A NUL is written as {@code |}. */
class RequestsTest {
    private SocketServer server;
    private XenstoreClient client;

    @BeforeEach
    void connect() throws Exception {
        server = new SocketServer().byteByByte();
        client = server.connect();
    }

    @AfterEach
    void end() throws Exception {
        client.close();
        server.close();
    }

    interface Call {
        Object on(XenstoreClient client);
    }

    record Row(MessageType type, String payload, String answer, Object result, Call call) {
        @Override
        public String toString() {
            return type + " " + payload + " -> " + answer;
        }
    }

    private static Row done(MessageType type, String payload, java.util.function.Consumer<XenstoreClient> call) {
        return new Row(type, payload, "OK|", true, client -> {
            call.accept(client);
            return true;
        });
    }

    static Stream<Row> calls() {
        List<Permission> permissions = List.of(new Permission(Access.NONE, 5), new Permission(Access.BOTH, 65535));
        return Stream.of(
                new Row(READ, "/a|", "v|w", Value.of("v\0w"), c -> c.read("/a")),
                new Row(READ, "a/b|", "", Value.EMPTY, c -> c.read("a/b")),
                new Row(READ, "/a|", "v", Optional.of(Value.of("v")), c -> c.readIfPresent("/a")),
                new Row(READ, "/a|", "\u00c3\u00a4", "ä", c -> c.readText("/a")),
                done(WRITE, "/a|v|w|", c -> c.write("/a", Value.of("v\0w\0"))),
                done(WRITE, "/a|\u00c3\u00a4", c -> c.write("/a", "ä")),
                done(WRITE, "/a|", c -> c.write("/a", "")),
                done(MKDIR, "/a|", c -> c.mkdir("/a")),
                done(RM, "/a|", c -> c.remove("/a")),
                new Row(GET_PERMS, "@releaseDomain|", "n0|", true, c -> c.exists("@releaseDomain")),
                new Row(DIRECTORY, "/|", "b|a|", List.of("b", "a"), c -> c.directory("/")),
                new Row(DIRECTORY, "/|", "", List.of(), c -> c.directory("/")),
                new Row(GET_PERMS, "/a|", "n5|b65535|", permissions, c -> c.getPermissions("/a")),
                done(SET_PERMS, "/a|n5|b65535|", c -> c.setPermissions("/a", permissions)),
                done(SET_PERMS, "/a|r1|", c -> c.setPermissions("/a", new Permission(Access.READ, 1))),
                done(INTRODUCE, "5|18446744073709551615|3|", c -> c.introduce(5, -1L, 3)),
                done(RELEASE, "5|", c -> c.release(5)),
                done(RESUME, "5|", c -> c.resume(5)),
                done(SET_TARGET, "6|5|", c -> c.setTarget(6, 5)),
                new Row(IS_DOMAIN_INTRODUCED, "5|", "T|", true, c -> c.isIntroduced(5)),
                new Row(IS_DOMAIN_INTRODUCED, "5|", "F|", false, c -> c.isIntroduced(5)),
                new Row(GET_DOMAIN_PATH, "5|", "/local/domain/5|", "/local/domain/5", c -> c.domainPath(5)),
                new Row(GET_FEATURE, "", "14|", 14, XenstoreClient::features),
                new Row(GET_FEATURE, "5|", "4294967295|", -1, c -> c.features(5)),
                done(SET_FEATURE, "5|12|", c -> c.setFeatures(5, 12)),
                new Row(GET_QUOTA, "", "nodes watches|", List.of("nodes", "watches"), XenstoreClient::quotaNames),
                new Row(GET_QUOTA, "nodes|", "1000|", 1000L, c -> c.quota("nodes")),
                new Row(GET_QUOTA, "5|nodes|", "7|", 7L, c -> c.quota(5, "nodes")),
                done(SET_QUOTA, "nodes|9|", c -> c.setQuota("nodes", 9)),
                done(SET_QUOTA, "5|nodes|9|", c -> c.setQuota(5, "nodes", 9)),
                done(RESET_WATCHES, "|", XenstoreClient::resetWatches),
                new Row(CONTROL, "quota|5|", "text\n|", "text\n", c -> c.control("quota", "5")),
                new Row(MKDIR, "odd", "OK|", Value.of("OK\0"), c -> c.request(MKDIR, 0, Value.of("odd"))));
    }

    @ParameterizedTest
    @MethodSource
    @DisplayName("clients.md 5.2: each call sends its request and understands the reply")
    void calls(Row row) throws Exception {
        Callable<Object> call = () -> row.call().on(client);
        var task = run(call);
        server.serve(row.type(), row.payload(), row.answer());
        assertThat(result(task)).isEqualTo(row.result());
    }

    @Test
    void whatIsMissingIsNeitherPresentNorAnError() throws Exception {
        var value = run(() -> client.readIfPresent("/a"));
        server.refuse(READ, "/a|", Errno.ENOENT);
        assertThat(result(value)).isEmpty();

        var exists = run(() -> client.exists("/a"));
        server.refuse(GET_PERMS, "/a|", Errno.ENOENT);
        assertThat(result(exists)).isFalse();
    }

    @Test
    void aNodeWithTooManyPermissionsToTellExists() throws Exception {
        var exists = run(() -> client.exists("/a"));
        server.refuse(GET_PERMS, "/a|", Errno.E2BIG);
        assertThat(result(exists)).isTrue();
    }
}
