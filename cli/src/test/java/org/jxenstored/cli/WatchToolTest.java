package org.jxenstored.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchToolTest {
    private final FakeStore store = new FakeStore();

    @Test
    @DisplayName("C-WATCH-1, C-WATCH-2, C-T-7: the first -n events of all keys are printed")
    void theFirstEventsOfAllKeysArePrinted() {
        store.events.addAll(List.of("/a", "@releaseDomain", "/a/b", "/a/c"));
        assertThat(watch("-n", "3", "/a", "@releaseDomain"))
                .isEqualTo(new ToolRun(0, "/a\n@releaseDomain\n/a/b\n", ""));
        assertThat(store.requests).containsExactly("WATCH /a", "WATCH @releaseDomain");
    }

    @ParameterizedTest
    @DisplayName("C-WATCH-2: no event is waited for if none was asked for")
    @ValueSource(strings = {"0", "x", ""})
    void noEventIsWaitedForIfNoneWasAskedFor(String count) {
        store.events.add("/a");
        assertThat(watch("-n", count, "/a")).isEqualTo(new ToolRun(0, "", ""));
        assertThat(store.requests).containsExactly("WATCH /a");
    }

    @ParameterizedTest
    @DisplayName("C-WATCH-5: without an end it goes on until the connection is lost, which is exit code 1")
    @ValueSource(strings = {"-s", "-n-1"})
    void withoutAnEndItGoesOnUntilTheConnectionIsLost(String option) {
        store.events.addAll(List.of("/a", "/a"));
        ToolRun run = watch(option, "/a");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("/a\n/a\n");
        assertThat(run.err()).contains("the connection is lost");
    }

    @Test
    @DisplayName("C-WATCH-3, C-T-7: a depth goes with the watch, and fails where the server has none")
    void aDepthGoesWithTheWatch() {
        assertThat(watch("-n0", "-d", "2", "/a").exitCode()).isZero();
        store.knowsDepth = false;
        assertThat(watch("-n0", "-d", "2", "/a"))
                .isEqualTo(new ToolRun(1, "", "xenstore-watch: cannot watch /a: EINVAL\n"));
        assertThat(store.requests).containsExactly("WATCH /a 2", "WATCH /a 2");
    }

    @Test
    @DisplayName("C-WATCH-4: a key that cannot be watched is named")
    void aKeyThatCannotBeWatchedIsNamed() {
        assertThat(watch("-n1", "/a", "/a//b"))
                .isEqualTo(new ToolRun(1, "", "xenstore-watch: cannot watch /a//b: EINVAL\n"));
    }

    private ToolRun watch(String... words) {
        return ToolRun.on(store, "xenstore-watch", words);
    }
}
