package org.jxenstored.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.testing.Fuzz;

/** Any text as a number, beside arithmetic that knows no limits. */
class NumbersFuzzTest {
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final List<Long> LIMITS =
            List.of(0L, 1L, 9L, 10L, 15L, 65_535L, (long) Integer.MAX_VALUE, 0xffff_ffffL, Long.MAX_VALUE);

    private static String given(Fuzz fuzz) {
        String digits = fuzz.text("0", fuzz.oneIn(4) ? 25 : 0) + fuzz.text("0123456789", fuzz.oneIn(3) ? 21 : 4);
        return switch (fuzz.upTo(4)) {
            case 0 -> fuzz.damaged(digits);
            case 1 -> fuzz.text("0019+- x.\0\u0661\u00b2\u1234", 20);
            case 2 ->
                BigInteger.valueOf(fuzz.oneOf(LIMITS))
                        .add(BigInteger.valueOf(fuzz.upTo(2)))
                        .toString();
            default -> digits;
        };
    }

    private static Optional<BigInteger> parsedNaively(String text) {
        return DIGITS.matcher(text).matches() ? Optional.of(new BigInteger(text)) : Optional.empty();
    }

    @Test
    @DisplayName("P-NUM-3: digits only, as many as there are, up to the largest value")
    void numbersAreReadAsTheyAreWritten() {
        Fuzz.seeds(200, fuzz -> {
            for (int i = 0; i < 250; i++) {
                String given = given(fuzz);
                long max = fuzz.oneOf(LIMITS);
                Optional<BigInteger> number = parsedNaively(given);
                assertThat(Numbers.decimal(given, max))
                        .as("\"%s\" up to %d", given, max)
                        .isEqualTo(upTo(number, max));
                assertThat(Numbers.decimalOrMax(given))
                        .as("\"%s\" or the largest", given)
                        .isEqualTo(number.isEmpty() ? OptionalLong.empty() : orMax(number.get()));
                int intMax = (int) Math.min(max, Integer.MAX_VALUE);
                assertThat(Numbers.decimalInt(given, intMax))
                        .as("\"%s\" up to %d", given, intMax)
                        .isEqualTo(asInt(upTo(number, intMax)));
            }
        });
    }

    private static OptionalLong upTo(Optional<BigInteger> number, long max) {
        return number.isPresent() && number.get().compareTo(BigInteger.valueOf(max)) <= 0
                ? OptionalLong.of(number.get().longValueExact())
                : OptionalLong.empty();
    }

    private static OptionalLong orMax(BigInteger number) {
        return OptionalLong.of(number.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact());
    }

    private static OptionalInt asInt(OptionalLong number) {
        return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
    }
}
