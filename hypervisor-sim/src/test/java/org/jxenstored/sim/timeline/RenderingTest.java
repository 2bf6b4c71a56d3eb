package org.jxenstored.sim.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class RenderingTest {
    private static final Party GUEST = Party.domain(1);

    private static Happening step(long millis, Party from, Party to, String what) {
        return new Happening(millis, 1, from, to, what);
    }

    @Test
    @DisplayName("a text has one line a step, in columns")
    void theTextHasColumns() {
        assertThat(TimelineText.of(List.of(
                        step(7, Party.TOOLSTACK, Party.XEN, "domctl unpausedomain"),
                        step(12_345, GUEST, Party.XEN, "SCHEDOP_shutdown(poweroff)"),
                        step(12_346, Party.XEN, Party.XEN, "dead"))))
                .isEqualTo("""
                         0.007  toolstack -> Xen  domctl unpausedomain
                        12.345  domain 1  -> Xen  SCHEDOP_shutdown(poweroff)
                        12.346  Xen               dead
                        """);
    }

    @Test
    @DisplayName("no steps are no text")
    void noStepsAreNoText() {
        assertThat(TimelineText.of(List.of())).isEmpty();
    }

    @Test
    @DisplayName("what a guest can choose neither makes new lines nor reaches the terminal as a command")
    void controlCharactersAreHarmless() {
        assertThat(TimelineText.of(List.of(step(0, GUEST, GUEST, "a\nb\u001b[2J"))))
                .isEqualTo("0.000  domain 1       a.b.[2J\n");
    }

    @Test
    @DisplayName("a diagram has Xen, xenstored and toolstack to the left, then the others as they come")
    void theDiagram() {
        Party backend = new Party("backend vif 1/0");
        assertThat(SequenceDiagram.of(
                        "web",
                        List.of(
                                step(1, backend, GUEST, "state Connected"),
                                step(2, GUEST, Party.XEN, "SCHEDOP_shutdown(poweroff)"),
                                step(3, Party.XEN, Party.XENSTORED, "VIRQ_DOM_EXC"),
                                step(4, Party.XEN, Party.XEN, "dying"))))
                .isEqualTo("""
                        sequenceDiagram
                            title web
                            participant p0 as Xen
                            participant p1 as xenstored
                            participant p2 as backend vif 1/0
                            participant p3 as domain 1
                            p2->>p3: state Connected
                            p3->>p0: SCHEDOP_shutdown(poweroff)
                            p0->>p1: VIRQ_DOM_EXC
                            Note over p0: dying
                        """);
    }

    @Test
    @DisplayName("a diagram without steps and title is still a diagram")
    void theEmptyDiagram() {
        assertThat(SequenceDiagram.of("", List.of())).isEqualTo("sequenceDiagram\n");
    }

    @Test
    @DisplayName("what means something to Mermaid is written as a code, colons in names and titles too")
    void mermaidIsNotConfused() {
        Party odd = new Party("a:b,c");
        String diagram = SequenceDiagram.of("x;y: z", List.of(step(1, odd, odd, "wrap: 50% #1; <b>\n&$ INTRODUCE: 1")));
        assertThat(diagram).isEqualTo("""
                sequenceDiagram
                    title x#59;y#58; z
                    participant p0 as a#58;b#44;c
                    Note over p0: wrap#58; 50#37; #35;1#59; #60;b#62; #38;#36; INTRODUCE: 1
                """);
    }

    @Test
    void thoseWhoAreNamedFirstStandToTheLeftAsFarAsTheyTakePart() {
        List<Party> first = List.of(Party.domain(1), Party.domain(0), Party.TOOLSTACK);
        assertThat(SequenceDiagram.of(
                        "",
                        first,
                        List.of(
                                step(1, Party.XEN, Party.TOOLSTACK, "one"),
                                step(2, Party.domain(1), Party.XEN, "two"))))
                .isEqualTo("""
                        sequenceDiagram
                            participant p0 as domain 1
                            participant p1 as toolstack
                            participant p2 as Xen
                            p2->>p1: one
                            p0->>p2: two
                        """);
    }
}
