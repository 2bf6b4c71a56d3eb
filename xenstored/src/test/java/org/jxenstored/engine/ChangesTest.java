package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is noted for who keeps the store, and what is not. */
class ChangesTest extends EngineWorld {
    private void watchAndUnwatch(Guest guest, int times) {
        for (int i = 0; i < times; i++) {
            guest.ok("WATCH", "name", "token");
            guest.ok("UNWATCH", "name", "token");
        }
    }

    /** Names of what is told, in order. */
    private List<String> told() {
        List<String> told = new ArrayList<>();
        engine.changes().take((ChangeListener) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ChangeListener.class}, (_, method, _) -> {
                    told.add(method.getName());
                    return null;
                }));
        return told;
    }

    @Test
    @DisplayName("where nobody keeps the store, a guest that watches again and again leaves nothing behind (XSA-326)")
    void nothingIsLeftBehind() {
        guest(2);
        engine.changes().ignore();
        watchAndUnwatch(guest(1), 100);
        assertThat(told()).doesNotContain("watched", "unwatched", "domain");
    }

    @Test
    @DisplayName("where somebody does, each watch is told of, and all of the store the first time")
    void allIsTold() {
        watchAndUnwatch(guest(1), 2);
        assertThat(told())
                .containsSubsequence(
                        "watched", "unwatched", "watched", "unwatched", "setSpecial", "set", "down", "set");
        assertThat(engine.changes().isEmpty()).isTrue();
    }
}
