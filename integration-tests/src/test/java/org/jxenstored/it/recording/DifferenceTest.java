package org.jxenstored.it.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DifferenceTest {
    private static final List<String> ONE_MORE = List.of(
            "# why", "", "== X-RULE-1: one more", "stock: (d\\d+) WRITE /n/9.* => ENOSPC", "ours: $1 WRITE /n/9 => OK");
    private static final List<String> ANOTHER_SNAPSHOT = List.of("== X-RULE-2: repeated", "again: xl_5@t5_1");

    private static List<String> apply(List<String> differences, String... lines) {
        return Difference.apply(Difference.read(differences), List.of(lines));
    }

    @Test
    void aLineThatDiffersIsWhatItIsHere() {
        assertThat(apply(ONE_MORE, "d1 WRITE /n/9\\0 => ENOSPC", "d1 WRITE /n/8\\0 => OK"))
                .containsExactly("d1 WRITE /n/9 => OK", "d1 WRITE /n/8\\0 => OK");
    }

    @Test
    void aDifferenceThatIsNotThereFails() {
        assertThatThrownBy(() -> apply(ONE_MORE, "d1 WRITE /n/9\\0 => OK"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("X-RULE-1: one more");
        assertThatThrownBy(() -> apply(ANOTHER_SNAPSHOT, "xl_5@t5_2 TRANSACTION_END T\\0 => OK"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("X-RULE-2: repeated");
    }

    @Test
    void aTransactionThatHasToBeRepeatedGetsTheAnswersTheSecondTime() {
        assertThat(apply(
                        ANOTHER_SNAPSHOT,
                        "xl_5 TRANSACTION_START \\0 => later",
                        "xl_5 <= event /w\\0t\\0 | tx t5_1",
                        "xl_6 RM /a\\0 => OK",
                        "xl_5@t5_1 DIRECTORY /\\0 => later",
                        "xl_5 READ /x\\0 => =b\\0",
                        "xl_5 <= ENOENT",
                        "xl_5@t5_1 TRANSACTION_END T\\0 => later",
                        "xl_6 <= event /c\\0t\\0",
                        "xl_5 <= OK"))
                .containsExactly(
                        "xl_5 TRANSACTION_START \\0 => later",
                        "xl_5 <= event /w\\0t\\0 | tx t5_1",
                        "xl_6 RM /a\\0 => OK",
                        "xl_5@t5_1 DIRECTORY /\\0 => later",
                        "xl_5 READ /x\\0 => =b\\0 or OK or ENOENT or ={any}",
                        "xl_5 <= ENOENT",
                        "xl_5@t5_1 TRANSACTION_END T\\0 => EAGAIN",
                        "xl_5 TRANSACTION_START \\0 => tx t5_1",
                        "xl_5@t5_1 DIRECTORY /\\0 => =b\\0",
                        "xl_5@t5_1 TRANSACTION_END T\\0 => later",
                        "xl_6 <= event /c\\0t\\0",
                        "xl_5 <= OK");
    }

    @Test
    void aListThatCannotBeReadIsRefused() {
        assertThatThrownBy(() -> Difference.read(List.of("stock: a", "ours: b")))
                .hasMessageContaining("stock: a");
        assertThatThrownBy(() -> Difference.read(List.of("== a reason without a rule")))
                .hasMessageContaining("a reason without a rule");
        assertThatThrownBy(() -> Difference.read(List.of("== X-RULE-1: half of it", "ours: b")))
                .hasMessageContaining("ours: b");
    }
}
