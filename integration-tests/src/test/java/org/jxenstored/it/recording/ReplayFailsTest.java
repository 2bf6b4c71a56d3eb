package org.jxenstored.it.recording;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording that is not what the daemon does has to fail, or its replay says nothing. */
final class ReplayFailsTest {
    @TempDir
    Path directory = Path.of("");

    private final List<String> lines = new ArrayList<>(Recording.expected());

    private AbstractThrowableAssert<?, ? extends Throwable> assertThatReplay() {
        return assertThatThrownBy(() -> Recording.replay(lines, directory)).isInstanceOf(AssertionError.class);
    }

    /** Changes the first line that looks like this, and returns its number. */
    private int change(String like, String from, String to) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).matches(like)) {
                lines.set(i, lines.get(i).replace(from, to));
                return i + 1;
            }
        }
        throw new IllegalArgumentException("there is no line like " + like);
    }

    /** Takes the first line that looks like this out. */
    private void lose(String like) {
        lines.set(change(like, "", "") - 1, "");
    }

    @Test
    void anotherValueFailsAtItsLine() {
        int line = change("xl_\\d+\\S* READ \\S+ => =.+", "=> =", "=> =not");
        assertThatReplay().hasMessageContaining("xl.txt:" + line + ":").hasMessageContaining("but got READ");
    }

    @Test
    void aRefusalThatWasNoneFailsAndShowsTheRequestAndTheLinesBefore() {
        int line = change("xl_\\d+@\\w+ SET_PERMS \\S+ => OK", "=> OK", "=> EACCES");
        assertThatReplay()
                .hasMessageContaining("xl.txt:" + line + ":")
                .hasMessageContaining("expected EACCES, but got SET_PERMS")
                .hasMessageContaining("not answered yet: SET_PERMS")
                .hasMessageContaining("before it:")
                .hasMessageContaining("TRANSACTION_START");
    }

    @Test
    void aGuestsErrorThatWasAnotherFails() {
        int line = change("d[1-9]\\d*\\S* READ \\S+ => ENOENT", "=> ENOENT", "=> EINVAL");
        assertThatReplay().hasMessageContaining("xl.txt:" + line + ":").hasMessageContaining("expected EINVAL");
    }

    @Test
    void anEventOfAnotherPathFails() {
        int line = change("xenconsoled_\\d+ <= event \\S+", "event ", "event /not");
        assertThatReplay().hasMessageContaining("xl.txt:" + line + ":").hasMessageContaining("but got WATCH_EVENT");
    }

    @Test
    void anEventThatNobodyReceivesFails() {
        lose("xenconsoled_\\d+ <= event \\S+");
        assertThatReplay().hasMessageContaining("but got WATCH_EVENT");
    }

    /** It is the last one of its connection, so that no other message stands in its place. */
    @Test
    void anEventThatADyingGuestDoesNotReceiveFails() {
        int death = lines.indexOf("domain 1 dies quietly");
        int event = lines.subList(0, death)
                .lastIndexOf(lines.subList(0, death).stream()
                        .filter(line -> line.startsWith("d1 <= event "))
                        .reduce((_, later) -> later)
                        .orElseThrow());
        lines.set(event, "");
        assertThatReplay().hasMessageContaining("dies").hasMessageContaining("were not received");
    }

    @Test
    void aDeathThatXenDoesNotTellOfFails() {
        lose("domain \\d+ dies quietly");
        assertThatReplay().hasMessageContaining("@releaseDomain");
    }

    @Test
    void aRequestThatIsLeftOutFails() {
        lose("xl_\\d+ INTRODUCE .*");
        assertThatReplay();
    }
}
