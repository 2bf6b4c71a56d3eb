package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.Message;

class EventDraftTest {
    private final EventDraft draft = new EventDraft();

    private String shown(String path, String token) {
        assertThat(draft.show(path, token)).isTrue();
        assertThat(draft.isPayload(draft.message().payload())).isTrue();
        assertThat(Arrays.copyOf(draft.wire(), draft.size()))
                .isEqualTo(draft.message().toByteArray());
        return draft.message().payload().text();
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
        shown("/a", "t");
        Message first = draft.message();
        shown("/a", "t");
        assertThat(draft.message()).isSameAs(first);
        shown("/b", "t");
        assertThat(first.payload().text()).isEqualTo("/a\0t\0");
    }

    @Test
    @DisplayName("XSA-324: an event is up to 4,096 bytes long; one that would be longer is not made")
    void anEventThatIsTooLongIsNotMade() {
        String longest = "t".repeat(Limits.PAYLOAD_MAX - "/a".length() - 2);
        assertThat(shown("/a", longest)).hasSize(Limits.PAYLOAD_MAX);
        assertThat(draft.show("/a", longest + "t")).isFalse();
        assertThat(draft.show("/ab", longest)).isFalse();
        assertThat(shown("/a", "t")).isEqualTo("/a\0t\0");
    }
}
