package org.jxenstored.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jxenstored.client.Background.failure;
import static org.jxenstored.client.Background.result;
import static org.jxenstored.client.Background.run;
import static org.jxenstored.protocol.MessageType.*;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.Permission;

class TreeTest {
    private SocketServer server;
    private XenstoreClient client;

    @BeforeEach
    void connect() throws Exception {
        server = new SocketServer();
        client = server.connect();
    }

    @AfterEach
    void end() throws Exception {
        client.close();
        server.close();
    }

    @Test
    void allRequestsOfOneLevelAreOnTheirWayTogether() throws Exception {
        var tree = run(() -> client.tree("/"));
        Message rootValue = server.expect(READ, "/|");
        server.reply(server.expect(DIRECTORY, "/|"), "a|b|");
        server.reply(rootValue, "");

        // Nothing of this level is answered before all of it was asked.
        Message value1 = server.expect(READ, "/a|");
        Message names1 = server.expect(DIRECTORY, "/a|");
        Message value2 = server.expect(READ, "/b|");
        Message names2 = server.expect(DIRECTORY, "/b|");
        server.reply(value1, "one");
        server.reply(names1, "c|");
        server.reply(value2, "two");
        server.reply(names2, "");

        server.serve(READ, "/a/c|", "three");
        server.serve(DIRECTORY, "/a/c|", "");

        TreeNode root = result(tree);
        assertThat(root.name()).isEmpty();
        assertThat(root.children()).extracting(TreeNode::path).containsExactly("/a", "/b");
        assertThat(root.child("a").flatMap(a -> a.child("c")).orElseThrow().text())
                .isEqualTo("three");
        assertThat(root.child("nothing")).isEmpty();
    }

    @Test
    void permissionsComeAlongIfAskedFor() throws Exception {
        var tree = client.async().treeWithPermissions("x");
        server.serve(READ, "x|", "v");
        server.serve(DIRECTORY, "x|", "");
        server.serve(GET_PERMS, "x|", "n5|r0|");
        assertThat(result(tree).permissions())
                .containsExactly(new Permission(Access.NONE, 5), new Permission(Access.READ, 0));
    }

    @Test
    @DisplayName("C-LS-5: a node that disappears meanwhile is left out")
    void aNodeThatDisappearsIsLeftOut() throws Exception {
        var tree = run(() -> client.tree("/d"));
        server.serve(READ, "/d|", "");
        server.serve(DIRECTORY, "/d|", "gone|going|");
        server.refuse(READ, "/d/gone|", Errno.ENOENT);
        server.refuse(DIRECTORY, "/d/gone|", Errno.ENOENT);
        server.serve(READ, "/d/going|", "v");
        server.refuse(DIRECTORY, "/d/going|", Errno.ENOENT);
        assertThat(result(tree).children()).extracting(TreeNode::name).containsExactly("going");
    }

    @Test
    void whatMayNotBeReadIsThereWithoutAValue() throws Exception {
        var tree = run(() -> client.treeWithPermissions("/d"));
        server.serve(READ, "/d|", "");
        server.serve(DIRECTORY, "/d|", "secret|");
        server.serve(GET_PERMS, "/d|", "n0|");
        server.refuse(READ, "/d/secret|", Errno.EACCES);
        server.refuse(DIRECTORY, "/d/secret|", Errno.EACCES);
        server.refuse(GET_PERMS, "/d/secret|", Errno.EACCES);
        TreeNode secret = result(tree).child("secret").orElseThrow();
        assertThat(secret.value()).isEmpty();
        assertThat(secret.text()).isEmpty();
        assertThat(secret.permissions()).isEqualTo(List.of());
        assertThat(secret.children()).isEqualTo(List.of());
    }

    @Test
    void aMissingTopIsAnError() throws Exception {
        var tree = run(() -> client.tree("/d"));
        server.refuse(READ, "/d|", Errno.ENOENT);
        server.refuse(DIRECTORY, "/d|", Errno.ENOENT);
        assertThat(failure(tree, NotFoundException.class).path()).isEqualTo("/d");
    }

    @Test
    void aLongListInsideTheTreeIsReadInParts() throws Exception {
        var tree = run(() -> client.tree("/d"));
        server.serve(READ, "/d|", "");
        server.refuse(DIRECTORY, "/d|", Errno.E2BIG);
        server.serve(DIRECTORY_PART, "/d|0|", "1|a||");
        server.serve(READ, "/d/a|", "v");
        server.serve(DIRECTORY, "/d/a|", "");
        assertThat(result(tree).child("a").orElseThrow().text()).isEqualTo("v");
    }
}
