package org.jxenstored.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.client.TreeNode;
import org.jxenstored.client.XenstoreClient;

/** The life of a simulated domain, as toolstack and tools see it through the daemon. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SimulatedDomainTest {
    private static final String HOME = "/local/domain/1";
    private static final Set<String> PARENTS = Set.of("/local", "/local/domain", "/vm", "/libxl");

    @TempDir
    Path directory;

    private DaemonProcess daemon;
    private XenstoreClient client;

    @BeforeEach
    void start() throws IOException {
        daemon = Launch.in(directory).daemon();
        client = daemon.client();
    }

    @AfterEach
    void stop() {
        client.close();
        daemon.close();
    }

    @Test
    @DisplayName("S-SPEC-3, S-SPEC-5, S-DEATH-1: a domain comes, writes, shuts down, goes, and leaves nothing")
    void aDomainComesAndGoesAndOurToolSeesIt() throws Exception {
        try (Watching watch =
                Watching.withOurTool(daemon, directory, "-n", "5", "@introduceDomain", "@releaseDomain")) {
            liveALife(watch);
        }
    }

    @Test
    @DisplayName("S-SPEC-3, S-SPEC-5: Debian's xenstore-watch sees a domain come, shut down and go")
    void debiansToolSeesADomainComeAndGo() throws Exception {
        boolean required = Boolean.parseBoolean(System.getenv("CI"));
        assumeTrue(required || Files.isExecutable(Watching.DEBIANS), "Debian's xenstore-utils are not installed");
        try (Watching watch =
                Watching.withDebiansTool(daemon, directory, "-n", "5", "@introduceDomain", "@releaseDomain")) {
            liveALife(watch);
        }
    }

    /** Every step is seen by the watching tool before the next one begins. */
    private void liveALife(Watching watch) throws Exception {
        watch.awaitLines(2);
        List<String> before = everything();

        assertThat(client.control("sim", "create", "web")).isEqualTo("web is domain 1");
        watch.awaitLines(3);
        assertThat(client.isIntroduced(1)).isTrue();
        assertThat(client.control("sim", "list").lines()).anyMatch(line -> line.matches("web +1 .* -b---- .*"));
        assertThat(client.readText(HOME + "/name")).isEqualTo("web");
        awaitValue(HOME + "/control/feature-poweroff", "1");

        assertThat(client.control("sim", "shutdown", "web")).contains("is asked for poweroff");
        watch.awaitLines(4);
        assertThat(client.readText(HOME + "/control/shutdown"))
                .as("the guest has taken the request")
                .isEmpty();
        assertThat(client.control("sim", "list").lines()).anyMatch(line -> line.matches("web +1 .* ---s-- .*"));

        assertThat(client.control("sim", "destroy", "web")).contains("is destroyed");
        assertThat(watch.toItsEnd())
                .containsExactly(
                        "@introduceDomain", "@releaseDomain", "@introduceDomain", "@releaseDomain", "@releaseDomain");
        assertThat(client.isIntroduced(1)).isFalse();
        assertThat(client.control("sim", "list")).doesNotContain("web");
        assertThat(everything()).as("the store is as before").isEqualTo(before);
    }

    private void awaitValue(String path, String value) {
        await().atMost(DaemonProcess.PATIENCE)
                .untilAsserted(() -> assertThat(client.readText(path)).isEqualTo(value));
    }

    /** All nodes with values and permissions, but for the directories that the first domain of all brings. */
    private List<String> everything() {
        return nodes(client.treeWithPermissions("/"))
                .filter(node -> !PARENTS.contains(node.path()))
                .map(node -> node.path() + " " + node.value() + " " + node.permissions())
                .toList();
    }

    private static Stream<TreeNode> nodes(TreeNode root) {
        return Stream.concat(Stream.of(root), root.children().stream().flatMap(SimulatedDomainTest::nodes));
    }
}
