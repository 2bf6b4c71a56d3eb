package org.jxenstored.sim.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.sim.time.HandClock;

final class TimelineTest {
    private static final long WEB = 11;
    private static final long DATABASE = 22;

    private final HandClock clock = new HandClock();
    private final Timeline timeline = new Timeline(clock, 4);

    private void note(long domain, String what) {
        timeline.note(domain, Party.XEN, Party.XENSTORED, what);
    }

    private static List<String> words(List<Happening> happenings) {
        return happenings.stream().map(Happening::what).toList();
    }

    @Test
    @DisplayName("a step has the machine's time")
    void aStepHasTheTime() {
        clock.pass(Duration.ofMillis(1500));
        note(WEB, "dead");
        assertThat(timeline.all()).containsExactly(new Happening(1500, WEB, Party.XEN, Party.XENSTORED, "dead"));
    }

    @Test
    @DisplayName("a long text, which a guest may have chosen, is cut")
    void aLongTextIsCut() {
        note(WEB, "x".repeat(Timeline.TEXT_MAX));
        note(WEB, "x".repeat(Timeline.TEXT_MAX + 1));
        assertThat(words(timeline.all()))
                .containsExactly("x".repeat(Timeline.TEXT_MAX), "x".repeat(Timeline.TEXT_MAX - 3) + "...");
    }

    @Test
    @DisplayName("a name shows the lives of all domains that had it, in the order of their steps, and no other")
    void aNameIsTheSumOfItsDomains() {
        timeline.name(33, "web");
        timeline.name(WEB, "web");
        timeline.name(DATABASE, "database");
        note(WEB, "1");
        note(33, "2");
        note(DATABASE, "3");
        note(WEB, "4");
        assertThat(words(timeline.of("web"))).containsExactly("1", "2", "4");
        assertThat(words(timeline.of(DATABASE))).containsExactly("3");
        assertThat(timeline.of("mail")).isEmpty();
    }

    @Test
    @DisplayName("the oldest steps are forgotten, whosever they are")
    void theOldestAreForgotten() {
        timeline.name(WEB, "web");
        note(WEB, "1");
        note(DATABASE, "2");
        for (int i = 3; i <= 6; i++) {
            note(WEB, Integer.toString(i));
        }
        assertThat(words(timeline.all())).containsExactly("3", "4", "5", "6");
        assertThat(words(timeline.of("web"))).containsExactly("3", "4", "5", "6");
        assertThat(timeline.of(DATABASE)).isEmpty();
    }

    @Test
    @DisplayName("a domain that is gone keeps its name while its steps are remembered, and is then forgotten")
    void namesOfTheGoneAreForgotten() {
        timeline.name(WEB, "web");
        note(WEB, "freed");
        timeline.ended(WEB);
        assertThat(words(timeline.of("web"))).containsExactly("freed");
        for (int i = 0; i < 4; i++) {
            note(DATABASE, "x");
        }
        note(WEB, "nobody knows that name any more");
        assertThat(timeline.of("web")).isEmpty();
    }

    @Test
    @DisplayName("a domain that lives keeps its name, however old its last step is")
    void namesOfTheLivingAreKept() {
        timeline.name(WEB, "web");
        note(WEB, "1");
        for (int i = 0; i < 4; i++) {
            note(DATABASE, "x");
        }
        note(WEB, "2");
        assertThat(words(timeline.of("web"))).containsExactly("2");
    }

    @Test
    @DisplayName("a domain that is renamed is found by its new name only")
    void renaming() {
        note(WEB, "1");
        timeline.name(WEB, "web");
        timeline.name(WEB, "mail");
        assertThat(timeline.of("web")).isEmpty();
        assertThat(words(timeline.of("mail"))).containsExactly("1");
    }
}
