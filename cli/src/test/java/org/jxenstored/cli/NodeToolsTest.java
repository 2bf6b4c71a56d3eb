package org.jxenstored.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeToolsTest {
    private final FakeStore store = new FakeStore();

    @Test
    @DisplayName("C-READ-1, C-READ-2, C-READ-3: values are printed escaped or raw, with the key or without")
    void valuesArePrintedEscapedOrRaw() {
        store.with("/a", "x\ty\n\0\u00ff").with("b", "");
        assertThat(read("/a", "b").out()).isEqualTo("x\\ty\\n\\000\\xff\n\n");
        assertThat(read("-p", "/a", "b").out()).isEqualTo("/a: x\\ty\\n\\000\\xff\nb: \n");
        assertThat(read("-R", "/a", "b").out()).isEqualTo("x\ty\n\0\u00ff");
        assertThat(read("-Rp", "b", "/a").out()).isEqualTo("b: /a: x\ty\n\0\u00ff");
    }

    @Test
    @DisplayName("C-READ-4: a key that cannot be read is named, and the rest is skipped")
    void aKeyThatCannotBeReadIsNamed() {
        assertThat(read("/missing")).isEqualTo(new ToolRun(1, "", "xenstore-read: cannot read /missing: ENOENT\n"));
    }

    @Test
    @DisplayName("C-READ-5: a relative key is sent as typed")
    void aRelativeKeyIsSentAsTyped() {
        read("name");
        assertThat(store.requests).containsExactly("READ name");
    }

    @Test
    @DisplayName("C-WRITE-2, C-WRITE-4: writing is silent, and an empty value is a value")
    void writingIsSilent() {
        assertThat(write("/a", "", "/b", "x\\n")).isEqualTo(new ToolRun(0, "", ""));
        assertThat(store.valueOf("/a")).isEmpty();
        assertThat(store.valueOf("/b")).isEqualTo("x\n");
    }

    @Test
    @DisplayName("C-ESC-4: a raw value is stored as it is")
    void aRawValueIsStoredAsItIs() {
        assertThat(write("-R", "/a", "x\\n\\", "/b", "\u00ff").exitCode()).isZero();
        assertThat(store.valueOf("/a")).isEqualTo("x\\n\\");
        assertThat(store.valueOf("/b")).isEqualTo("\u00ff");
    }

    @ParameterizedTest
    @DisplayName("C-WRITE-1: a key without a value is refused")
    @CsvSource({"/a", "/a 1 /b"})
    void aKeyWithoutAValueIsRefused(String operands) {
        assertThat(write(operands.split(" ")).exitCode()).isEqualTo(1);
        assertThat(store.requests).isEmpty();
    }

    @Test
    @DisplayName("C-WRITE-3: a failed write names the key")
    void aFailedWriteNamesTheKey() {
        assertThat(write("/a/", "1")).isEqualTo(new ToolRun(1, "", "xenstore-write: cannot write /a/: EINVAL\n"));
    }

    @Test
    @DisplayName("C-EX-1: exists is silent and stops at the first key that cannot be read")
    void existsIsSilent() {
        store.with("/a", "1").with("/b", "2").unreadable.add("/b");
        assertThat(exists("/a")).isEqualTo(new ToolRun(0, "", ""));
        assertThat(exists("/a", "/missing", "/a")).isEqualTo(new ToolRun(1, "", ""));
        assertThat(exists("/a", "/b")).isEqualTo(new ToolRun(1, "", ""));
        assertThat(store.requests).filteredOn("READ /a"::equals).hasSize(3);
    }

    @Test
    @DisplayName("C-LIST-1: names come in the server's order, one after the other")
    void namesComeInTheServersOrder() {
        store.with("/d/z", "").with("/d/a", "").with("/e/b", "");
        assertThat(list("/d", "/e").out()).isEqualTo("z\na\nb\n");
    }

    @Test
    @DisplayName("C-LIST-2: a prefix is the key as typed and a slash")
    void aPrefixIsTheKeyAsTypedAndASlash() {
        store.with("/d/z", "");
        assertThat(list("-p", "/d").out()).isEqualTo("/d/z\n");
        assertThat(list("-p", "/").out()).isEqualTo("/d\n");
    }

    @Test
    @DisplayName("C-LIST-3: no children are no output; what cannot be listed is named")
    void noChildrenAreNoOutput() {
        store.with("/d", "");
        assertThat(list("/d")).isEqualTo(new ToolRun(0, "", ""));
        assertThat(list("/", "/x")).isEqualTo(new ToolRun(1, "d\n", "xenstore-list: cannot list /x: ENOENT\n"));
    }

    @Test
    @DisplayName("C-RM-1: a missing key is no error, a missing parent is")
    void aMissingKeyIsNoError() {
        assertThat(rm("/missing").exitCode()).isZero();
        assertThat(rm("/missing/child").exitCode()).isEqualTo(1);
        assertThat(rm("/").exitCode()).isEqualTo(1);
    }

    @Test
    @DisplayName("C-RM-3: -t removes a chain that nobody needs")
    void tidyRemovesAChainThatNobodyNeeds() {
        store.with("/t/u/v/w", "x");
        assertThat(rm("-t", "/t/u/v/w")).isEqualTo(new ToolRun(0, "", ""));
        assertThat(store.paths()).isEmpty();
    }

    @Test
    @DisplayName("C-RM-2, C-T-6: -t stops at a parent with other children or with a value")
    void tidyStopsAtAParentThatIsNeeded() {
        store.with("/t/u/v", "").with("/t/sibling", "").with("/s/u", "value").with("/s/u/v", "");
        assertThat(rm("-t", "/t/u/v", "/s/u/v").exitCode()).isZero();
        assertThat(store.paths()).containsExactly("/s", "/s/u", "/t", "/t/sibling");
    }

    @Test
    @DisplayName("C-RM-2, C-T-6: -t stops at the end of a relative path and never touches the root")
    void tidyStopsAtTheEndOfThePath() {
        store.with("r/e/l", "");
        assertThat(rm("-t", "r/e/l", "/top").exitCode()).isZero();
        assertThat(store.paths()).isEmpty();
        assertThat(store.requests).doesNotContain("RM /", "RM ").contains("RM r/e", "RM r");
    }

    @Test
    @DisplayName("C-RM-2: -t leaves a parent that cannot be looked at")
    void tidyLeavesAParentThatCannotBeLookedAt() {
        store.with("/t/u/v", "").unreadable.add("/t/u");
        assertThat(rm("-t", "/t/u/v").exitCode()).isZero();
        assertThat(store.paths()).containsExactly("/t", "/t/u");
    }

    private ToolRun read(String... words) {
        return ToolRun.on(store, "xenstore-read", words);
    }

    private ToolRun write(String... words) {
        return ToolRun.on(store, "xenstore-write", words);
    }

    private ToolRun exists(String... words) {
        return ToolRun.on(store, "xenstore-exists", words);
    }

    private ToolRun list(String... words) {
        return ToolRun.on(store, "xenstore-list", words);
    }

    private ToolRun rm(String... words) {
        return ToolRun.on(store, "xenstore-rm", words);
    }
}
