package org.jxenstored.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class ConnectionLimitTest {
    private final ConnectionLimit two = new ConnectionLimit(2);

    @Test
    void aClientHasAsManyAsItMayAndOthersHaveTheirs() {
        EmbeddedChannel first = new EmbeddedChannel();
        assertThat(two.enter("uid 7", first)).isTrue();
        assertThat(two.enter("uid 7", new EmbeddedChannel())).isTrue();
        assertThat(two.enter("uid 7", new EmbeddedChannel())).isFalse();
        assertThat(two.enter("uid 8", new EmbeddedChannel())).isTrue();
        var _ = first.close();
        first.runPendingTasks();
        assertThat(two.enter("uid 7", new EmbeddedChannel())).isTrue();
        assertThat(two.enter("uid 7", new EmbeddedChannel())).isFalse();
        assertThat(two.refusal("uid 7"))
                .isEqualTo("uid 7 has 2 connections, as many as one client may (--connections)");
    }

    @Test
    void whoeverIsTrustedHasAnyNumber() {
        for (int i = 0; i < 10; i++) {
            assertThat(two.enter(ConnectionLimit.TRUSTED, new EmbeddedChannel()))
                    .isTrue();
        }
    }

    @Test
    void withoutABoundEverybodyHas() {
        ConnectionLimit none = new ConnectionLimit(0);
        for (int i = 0; i < 10; i++) {
            assertThat(none.enter("uid 7", new EmbeddedChannel())).isTrue();
        }
    }
}
