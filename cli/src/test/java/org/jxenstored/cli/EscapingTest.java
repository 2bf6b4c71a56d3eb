package org.jxenstored.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jxenstored.protocol.Value;

class EscapingTest {

    @Test
    @DisplayName("C-ESC-1: printable characters print as they are, quotes too")
    void printableCharactersPrintAsTheyAre() {
        String printable = " !\"#$%&'()*+,-./0123456789:;<=>?@AZ[]^_`az{|}~";
        assertThat(Escaping.escape(Value.of(printable))).isEqualTo(printable);
    }

    @Test
    @DisplayName("C-ESC-1: everything else prints as an escape of its kind")
    void everythingElsePrintsAsAnEscapeOfItsKind() {
        assertThat(Escaping.escape(Value.of("\t\n\r\\"))).isEqualTo("\\t\\n\\r\\\\");
        assertThat(Escaping.escape(Value.of("\0\1\7"))).isEqualTo("\\000\\001\\007");
        assertThat(Escaping.escape(Value.of("\b\u000b\f\u000e\u001f\u007f\u0080\u00ff")))
                .isEqualTo("\\x08\\x0b\\x0c\\x0e\\x1f\\x7f\\x80\\xff");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("C-ESC-2, C-ESC-3: an escape on the command line means its byte")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\\t\\n\\r\\\\, 090a0d5c",
                "\\x41, 41",
                "\\xfFf, ff66",
                "\\x4g, 0467",
                "\\x, 78",
                "\\xg, 7867",
                "\\0, 00",
                "\\18, 0138",
                "\\1234, 5334",
                "\\777, ff",
                "\\400, 00",
                "\\8, 38",
                "a\\qb\\x4\\x414, 617162044134",
                "\\a\\b, 6162",
                "a\\, 6100",
                "\\, 00"
            })
    void anEscapeOnTheCommandLineMeansItsByte(String argument, String hexadecimal) {
        assertThat(Escaping.unescape(argument).toByteArray())
                .isEqualTo(HexFormat.of().parseHex(hexadecimal));
    }

    @Test
    @DisplayName("C-T-3: every value survives printing and typing it in again")
    void everyValueSurvivesPrintingAndTypingItInAgain() {
        byte[] all = new byte[65536 * 2];
        for (int i = 0; i < 65536; i++) {
            all[2 * i] = (byte) (i >> 8);
            all[2 * i + 1] = (byte) i;
        }
        Value everyPair = Value.copyOf(all);
        assertThat(Escaping.unescape(Escaping.escape(everyPair))).isEqualTo(everyPair);
    }

    @Test
    @DisplayName("C-T-3: random values survive as well, and only printable characters are printed")
    void randomValuesSurviveAsWell() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            Value value = Value.copyOf(bytes);
            String printed = Escaping.escape(value);
            assertThat(printed).as("seed %d", seed).matches("[ -~]*");
            assertThat(Escaping.unescape(printed)).as("seed %d", seed).isEqualTo(value);
        }
    }
}
