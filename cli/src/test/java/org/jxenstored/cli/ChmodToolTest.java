package org.jxenstored.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChmodToolTest {
    private final FakeStore store = new FakeStore().with("/c/d/e/f", "").with("/c/d/g", "");

    @Test
    @DisplayName("C-CHMOD-2: the list replaces the old one")
    void theListReplacesTheOldOne() {
        assertThat(chmod("/c", "n1", "r2", "b3")).isEqualTo(new ToolRun(0, "", ""));
        assertThat(store.permissionsOf("/c")).isEqualTo("n1,r2,b3");
        assertThat(store.permissionsOf("/c/d")).isEqualTo("n0");
    }

    @Test
    @DisplayName("C-CHMOD-1: another letter is refused before anything is sent")
    void anotherLetterIsRefused() {
        ToolRun run = chmod("/c", "n1", "x2");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("'x2'");
        assertThat(store.requests).noneMatch(request -> request.startsWith("SET_PERMS"));
    }

    @Test
    @DisplayName("C-CHMOD-3, C-CHMOD-7: without a MODE the server's answer is shown with the path")
    void withoutAModeTheServersAnswerIsShown() {
        assertThat(chmod("/c"))
                .isEqualTo(new ToolRun(1, "", "xenstore-chmod: cannot set permissions of '/c': EINVAL\n"));
    }

    @Test
    @DisplayName("C-CHMOD-4: the key first, then its parents upwards, then its descendants")
    void theKeyThenItsParentsThenItsDescendants() {
        assertThat(chmod("-ru", "/c/d", "n1").exitCode()).isZero();
        assertThat(store.requests)
                .filteredOn(request -> request.startsWith("SET_PERMS"))
                .containsExactly(
                        "SET_PERMS /c/d", "SET_PERMS /c", "SET_PERMS /c/d/e", "SET_PERMS /c/d/e/f", "SET_PERMS /c/d/g");
        assertThat(store.permissionsOf("/")).isEqualTo("n0");
    }

    @Test
    @DisplayName("C-CHMOD-5: going up from a relative key fails, and nothing is changed")
    void goingUpFromARelativeKeyFails() {
        store.with("r/s", "");
        ToolRun run = chmod("-u", "r/s", "n1");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("'r'");
        assertThat(store.requests).contains("SET_PERMS r/s", "SET_PERMS r");
        assertThat(store.permissionsOf("r/s")).isEqualTo("n0");
    }

    @Test
    @DisplayName("C-CHMOD-6: a descendant's path of 255 characters is changed, a longer one fails")
    void aDescendantsPathMayHave255Characters() {
        String key = "/" + "k".repeat(252);
        store.with(key + "/a", "");
        assertThat(chmod("-r", key, "n1").exitCode()).isZero();
        assertThat(store.permissionsOf(key + "/a")).isEqualTo("n1");

        store.with(key + "/bc", "");
        assertThat(chmod("-r", key, "n2").exitCode()).isEqualTo(1);
        assertThat(store.permissionsOf(key)).isEqualTo("n1");
        assertThat(store.requests).doesNotContain("SET_PERMS " + key + "/b", "SET_PERMS " + key + "/bc");
    }

    @Test
    @DisplayName("C-CHMOD-4: what cannot be listed has no descendants")
    void whatCannotBeListedHasNoDescendants() {
        store.vanishing.add("/c/d");
        assertThat(chmod("-r", "/c", "n1").exitCode()).isZero();
        assertThat(store.permissionsOf("/c/d")).isEqualTo("n1");
        assertThat(store.permissionsOf("/c/d/g")).isEqualTo("n0");
    }

    @Test
    @DisplayName("C-CHMOD-4: an empty key is nothing to do")
    void anEmptyKeyIsNothingToDo() {
        assertThat(chmod("-ur", "", "n1").exitCode()).isZero();
        assertThat(store.requests).containsExactly("TRANSACTION_START", "TRANSACTION_END T");
    }

    private ToolRun chmod(String... words) {
        return ToolRun.on(store, "xenstore-chmod", words);
    }
}
