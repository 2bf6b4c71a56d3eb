package org.jxenstored.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.daemon.LogLevel;
import org.slf4j.Logger;

class MessagesTest {
    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Logger log = context.getLogger("org.jxenstored.any");

    @BeforeEach
    void completeTheContext() {
        context.setMDCAdapter(new LogbackMDCAdapter());
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    @Test
    void eachLevelHasItsWord() {
        Messages.to(context, shown, LogLevel.DEBUG);

        log.error("one {}", 1);
        log.warn("two");
        log.info("three");
        log.debug("four");

        assertThat(shown())
                .isEqualTo(
                        "xenstored: error: one 1\nxenstored: warning: two\nxenstored: three\nxenstored: debug: four\n");
    }

    @Test
    void whatIsBelowTheLevelIsNotShown() {
        Messages.to(context, shown, LogLevel.WARNING);

        log.info("no");
        log.warn("yes");

        assertThat(shown()).isEqualTo("xenstored: warning: yes\n");
    }

    @Test
    @DisplayName("S-LOG-9: control characters of guests do not reach the terminal")
    void controlCharactersAreEscaped() {
        Messages.to(context, shown, LogLevel.INFO);

        log.info("path /a\n\u001b[31m\u007f\u009bé");

        assertThat(shown()).isEqualTo("xenstored: path /a\\0a\\1b[31m\\7f\\9bé\n");
    }

    @Test
    void anExceptionStaysOnTheLineUnlessDebuggingIsAskedFor() {
        Messages.to(context, shown, LogLevel.INFO);
        log.error("request failed", new IllegalStateException("why"));

        assertThat(shown().lines())
                .singleElement()
                .asString()
                .startsWith("xenstored: error: request failed (java.lang.IllegalStateException: why at org.jxenstored");

        shown.reset();
        Messages.to(context, shown, LogLevel.DEBUG);
        log.error("request failed", new IllegalStateException("why"));

        assertThat(shown().lines()).hasSizeGreaterThan(2);
    }

    @Test
    void theStreamStaysOpenWhenMessagesGoElsewhere() {
        Messages.to(context, shown, LogLevel.INFO);
        Messages.to(context, shown, LogLevel.DEBUG);

        log.info("still here");

        assertThat(shown()).isEqualTo("xenstored: still here\n");
    }

    @Test
    @DisplayName("S-LOG-8: the system's log gets facility daemon and ident xenstored")
    void theSystemLogGetsRecords() {
        List<String> records = new ArrayList<>();
        Messages.toSystemLog(context, LogLevel.INFO, bytes -> records.add(new String(bytes, StandardCharsets.UTF_8)));

        log.warn("watch out\n");

        assertThat(records)
                .containsExactly("<28>xenstored[" + ProcessHandle.current().pid() + "]: watch out\\0a");
    }
}
