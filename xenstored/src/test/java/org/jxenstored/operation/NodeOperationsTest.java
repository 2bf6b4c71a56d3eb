package org.jxenstored.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.transaction.StoreWorld;
import org.jxenstored.transaction.StoreWorld.TestCaller;

@DisplayName("protocol.md 6.1: operations on nodes")
class NodeOperationsTest {
    private static final TestCaller GUEST = TestCaller.guest(1);

    private final StoreWorld world = new StoreWorld(
            "WRITE /none v",
            "WRITE /r v",
            "PERMS /r n0 r1",
            "WRITE /w v",
            "PERMS /w n0 w1",
            "WRITE /b v",
            "PERMS /b n0 b1",
            "WRITE /own v",
            "PERMS /own n1");

    private String guest(String request) {
        return world.now(GUEST, request);
    }

    @ParameterizedTest(name = "{0}: READ {1}, LS {2}, GETPERMS {3}, MKDIR {4}, WRITE {5}, PERMS {6}, RM {7}")
    @CsvSource({
        "/nope/x,     EACCES, EACCES, EACCES,  EACCES, EACCES, EACCES, EACCES",
        "/none,       EACCES, EACCES, EACCES,  EACCES, EACCES, EACCES, EACCES",
        "/r,          v,      '',     n0 r1,   EACCES, EACCES, EACCES, EACCES",
        "/w,          EACCES, EACCES, EACCES,  OK,     OK,     EACCES, OK",
        "/b,          v,      '',     n0 b1,   OK,     OK,     EACCES, OK",
        "/own,        v,      '',     n1,      OK,     OK,     OK,     OK",
        "/r/x,        ENOENT, ENOENT, ENOENT,  EACCES, EACCES, EACCES, EACCES",
    })
    @DisplayName("P-ACC-1 to P-ACC-4, P-MX-12 to P-MX-19: what a guest may do with which node")
    void theAccessMatrix(
            String path,
            String read,
            String list,
            String permissions,
            String mkdir,
            String write,
            String set,
            String rm) {
        assertThat(guest("READ " + path)).isEqualTo(read);
        assertThat(guest("LS " + path)).isEqualTo(list);
        assertThat(guest("GETPERMS " + path)).isEqualTo(permissions);
        assertThat(guest("MKDIR " + path)).isEqualTo(mkdir);
        assertThat(guest("PERMS " + path + " n1 r2")).isEqualTo(set);
        assertThat(guest("WRITE " + path + " v")).isEqualTo(write);
        assertThat(guest("RM " + path)).isEqualTo(rm);
    }

    @ParameterizedTest(name = "{0}: READ {1}, GETPERMS {2}, PERMS {3}, RM {4}, MKDIR {5}")
    @CsvSource({
        "/w/x,    EACCES, EACCES, ENOENT, OK,     OK",
        "/b/x,    ENOENT, ENOENT, ENOENT, OK,     OK",
        "/own/x,  ENOENT, ENOENT, ENOENT, OK,     OK",
        "/b/x/y,  ENOENT, ENOENT, ENOENT, ENOENT, OK",
    })
    @DisplayName("P-ACC-3, P-MX-20, P-MX-21, P-RM-4, P-RM-5: missing nodes below what a guest may write")
    void missingNodes(String path, String read, String permissions, String set, String rm, String mkdir) {
        assertThat(guest("READ " + path)).isEqualTo(read);
        assertThat(guest("GETPERMS " + path)).isEqualTo(permissions);
        assertThat(guest("PERMS " + path + " n1")).isEqualTo(set);
        assertThat(guest("RM " + path)).isEqualTo(rm);
        assertThat(guest("MKDIR " + path)).isEqualTo(mkdir);
        assertThat(guest("READ " + path)).as("its own now").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"READ", "LS", "MKDIR", "RM", "WRITE"})
    @DisplayName("P-PATH-8, P-MX-6: special names are no nodes of the tree")
    void specialNamesAreNoNodes(String operation) {
        String value = operation.equals("WRITE") ? " v" : "";
        assertThat(world.now(operation + " @releaseDomain" + value)).isEqualTo("EINVAL");
    }

    @Test
    @DisplayName("P-GPERM-3, P-MX-9, S-WATCH-9: special names have permissions")
    void specialNamesHavePermissions() {
        assertThat(world.now("GETPERMS @releaseDomain")).isEqualTo("n0");
        assertThat(world.now("PERMS @releaseDomain n0 r1")).isEqualTo("OK");
        assertThat(guest("GETPERMS @releaseDomain")).isEqualTo("n0 r1");
        assertThat(world.now("GETPERMS @other")).isEqualTo("ENOENT");
        assertThat(guest("GETPERMS @other")).isEqualTo("EACCES");
    }

    @Test
    @DisplayName("P-RM-3: the root cannot be removed; without the right to write it, that is EACCES")
    void theRootCannotBeRemoved() {
        assertThat(world.now("RM /")).isEqualTo("EINVAL");
        assertThat(guest("RM /")).isEqualTo("EACCES");
        assertThat(world.now("WRITE / v")).as("P-WRITE-9").isEqualTo("OK");
        assertThat(world.now("READ /")).as("P-READ-5").isEqualTo("v");
    }

    @Test
    @DisplayName("P-RM-2, P-RM-7: removing asks for the node's own rights only, and takes all below")
    void removingTakesAllBelow() {
        world.now("WRITE /own/x/y v");
        world.now("PERMS /own/x n0");
        assertThat(guest("RM /own")).isEqualTo("OK");
        assertThat(world.now("READ /own/x/y")).isEqualTo("ENOENT");
    }

    @Test
    @DisplayName("P-ARG-4, P-WRITE-5, P-MX-3: a value is all that follows the first NUL, or nothing")
    void valuesMayBeAnything() {
        assertThat(world.now("WRITE /a b c")).isEqualTo("OK");
        assertThat(world.now("READ /a")).as("with a NUL in it").isEqualTo("b c");
        assertThat(world.now("WRITE /a")).as("no NUL at all").isEqualTo("EINVAL");
        assertThat(world.now("WRITE /a ")).isEqualTo("OK");
        assertThat(world.now("READ /a")).isEmpty();
    }

    @Test
    @DisplayName("P-MKDIR-2: an existing node keeps its value")
    void mkdirKeepsTheValue() {
        assertThat(world.now("MKDIR /b")).isEqualTo("OK");
        assertThat(world.now("READ /b")).isEqualTo("v");
    }

    @Test
    @DisplayName("S-CREATE-2 to S-CREATE-5: new levels inherit the list of the nearest ancestor")
    void newLevelsInherit() {
        guest("WRITE /b/x/y v");
        assertThat(world.now("GETPERMS /b/x")).isEqualTo("n1 b1");
        assertThat(world.now("GETPERMS /b/x/y")).isEqualTo("n1 b1");
        assertThat(world.now("READ /b/x")).isEmpty();
        world.now("WRITE /own/z v");
        assertThat(world.now("GETPERMS /own/z")).as("dom0 leaves the owner").isEqualTo("n1");
    }

    @Test
    @DisplayName("P-SPERM-1 to P-SPERM-11: the order of the checks of SET_PERMS")
    void settingPermissions() {
        TestCaller dom0 = TestCaller.DOM0;
        TestCaller alone =
                new TestCaller(dom0.subject(), dom0.features(), dom0.allowance(), domid -> domid < 5, dom0.births());
        assertThat(world.now(alone, "PERMS /b")).isEqualTo("EINVAL");
        assertThat(world.now(alone, "PERMS //bad x5")).as("letter").isEqualTo("EINVAL");
        assertThat(world.now(alone, "PERMS //bad n9")).as("owner before path").isEqualTo("ENOENT");
        assertThat(world.now(alone, "PERMS //bad n1")).isEqualTo("EINVAL");
        assertThat(world.now(alone, "PERMS /missing n1")).isEqualTo("ENOENT");
        assertThat(world.now(alone, "PERMS /b n32757")).as("P-SPERM-11").isEqualTo("EINVAL");
        assertThat(world.now(alone, "PERMS /b n0 r32757")).as("P-SPERM-10").isEqualTo("OK");
        assertThat(guest("READ /b")).isEqualTo("v");
        assertThat(guest("PERMS /own n2")).as("P-SPERM-8").isEqualTo("EPERM");
        assertThat(guest("PERMS /own n32757")).as("P-SPERM-11").isEqualTo("EPERM");
        assertThat(guest("PERMS /own r1 b2")).isEqualTo("OK");
    }

    @Test
    @DisplayName("P-SPERM-5, P-PERM-2, S-PERM-6a: entries of absent domains are shown but grant nothing")
    void staleEntriesAreShown() {
        TestCaller dom0 = TestCaller.DOM0;
        TestCaller blind =
                new TestCaller(dom0.subject(), dom0.features(), dom0.allowance(), domid -> domid == 0, dom0.births());
        assertThat(world.now(blind, "PERMS /none n0 b1")).isEqualTo("OK");
        assertThat(world.now("GETPERMS /none")).isEqualTo("n0 b1");
        assertThat(guest("READ /none")).isEqualTo("EACCES");
        world.now("WRITE /none/child v");
        assertThat(guest("READ /none/child"))
                .as("S-CREATE-2: the mark is inherited")
                .isEqualTo("EACCES");
    }

    @Test
    @DisplayName("S-PERM-9: without the feature an entry for everybody is stale")
    void everybodyNeedsTheFeature() {
        TestCaller dom0 = TestCaller.DOM0;
        TestCaller plain = new TestCaller(dom0.subject(), 7, dom0.allowance(), dom0.directory(), dom0.births());
        world.now(plain, "PERMS /none n0 r32757");
        assertThat(guest("READ /none")).isEqualTo("EACCES");
    }

    @Test
    @DisplayName("P-DIR-4: a listing of 4096 bytes is sent, one of 4097 is E2BIG")
    void theLongestListing() {
        for (int i = 0; i < 8; i++) {
            world.now("MKDIR /d/" + i + "x".repeat(510));
        }
        assertThat(world.now("LS /d")).hasSize(4095);
        world.now("RM /d/7" + "x".repeat(510));
        world.now("MKDIR /d/7" + "x".repeat(511));
        assertThat(world.now("LS /d")).isEqualTo("E2BIG");
    }

    @Test
    @DisplayName("P-DIRP-3 to P-DIRP-9: parts of any listing add up to the whole, with an end mark")
    void partsAddUp() {
        StringBuilder whole = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            world.now("MKDIR /d/n" + i);
            whole.append('n').append(i).append('\0');
        }
        StringBuilder parts = new StringBuilder();
        boolean ended = false;
        for (int rounds = 0; !ended && rounds < 100; rounds++) {
            String part = part("/d", parts.length());
            assertThat(part.length()).isLessThanOrEqualTo(4096);
            String names = part.substring(part.indexOf('\0') + 1);
            ended = names.isEmpty() || names.endsWith("\0\0");
            parts.append(ended ? names.substring(0, names.length() - 1) : names);
        }
        assertThat(ended).isTrue();
        assertThat(parts.toString()).isEqualTo(whole.toString());
    }

    private String part(String path, long offset) {
        return world.raw("PART " + path + " " + offset);
    }

    @Test
    @DisplayName("P-DIRP-4, P-DIRP-7, P-DIRP-8: offsets within a name, at the end, beyond it, and no children")
    void unusualOffsets() {
        world.now("MKDIR /d/abc");
        world.now("MKDIR /d/de");
        assertThat(part("/d", 1)).endsWith("\0bc\0de\0\0");
        assertThat(part("/d", 7)).matches("[0-9]+\0\0");
        assertThat(part("/d", 1_000_000)).matches("[0-9]+\0\0");
        assertThat(part("/d/abc", 0)).matches("[0-9]+\0\0");
        assertThat(world.now("PART /d x")).isEqualTo("EINVAL");
        assertThat(world.now("PART /d")).as("P-DIRP-1").isEqualTo("EINVAL");
        assertThat(world.now("PART /d 0 0")).as("P-DIRP-1").isEqualTo("EINVAL");
    }
}
