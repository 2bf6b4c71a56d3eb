package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventMessagesTest {
    private final EventMessages events = new EventMessages();

    private String shown(String path, String token) {
        return events.of(path, token).payload().text();
    }

    @Test
    @DisplayName("P-EVENT-1: an event shows the path and the token, each with a NUL")
    void eachEventShowsItsOwnPathAndToken() {
        assertThat(shown("", "")).isEqualTo("\0\0");
        assertThat(shown("/a", "t")).isEqualTo("/a\0t\0");
        assertThat(shown("/a", "other \u00ff")).isEqualTo("/a\0other \u00ff\0");
        assertThat(shown("/a/b", "other \u00ff")).isEqualTo("/a/b\0other \u00ff\0");
        assertThat(shown("/a", "t")).isEqualTo("/a\0t\0");
    }

    @Test
    void watchersWithTheSameTokenShareOneEvent() {
        assertThat(events.of("/a", "t")).isSameAs(events.of("/a", "t"));
    }
}
