package org.jxenstored.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.testing.Fuzz;

/** Any text as a permission or a domid: what comes out is what a regular expression and a comparison give. */
class PermissionFuzzTest {
    private static final Map<String, Access> LETTERS =
            Map.of("n", Access.NONE, "r", Access.READ, "w", Access.WRITE, "b", Access.BOTH);
    private static final Pattern DOMID = Pattern.compile("[0-9]{1,5}");

    private static String given(Fuzz fuzz) {
        String usual = fuzz.text("nrwb", 1) + fuzz.upTo(70_000);
        return switch (fuzz.upTo(3)) {
            case 0 -> usual;
            case 1 -> fuzz.text("nrwb0123456789", 7);
            case 2 -> fuzz.text("nrwbNx+- \0\u0661\u00b2\u1234059", 6);
            default -> fuzz.damaged(usual);
        };
    }

    private static OptionalInt domidNaively(String text) {
        return DOMID.matcher(text).matches() && Integer.parseInt(text) <= 65_535
                ? OptionalInt.of(Integer.parseInt(text))
                : OptionalInt.empty();
    }

    private static Optional<Permission> parsedNaively(String text) {
        for (Map.Entry<String, Access> letter : LETTERS.entrySet()) {
            if (text.startsWith(letter.getKey())) {
                return domidNaively(text.substring(1)).stream()
                        .mapToObj(domid -> new Permission(letter.getValue(), domid))
                        .findFirst();
            }
        }
        return Optional.empty();
    }

    @Test
    @DisplayName("P-NUM-1, P-NUM-2, P-PERM-1: a letter and one to five digits up to 65535, and nothing else")
    void theParsersAgreeWithTheGrammar() {
        Fuzz.seeds(200, fuzz -> {
            for (int i = 0; i < 250; i++) {
                String given = given(fuzz);
                Optional<Permission> parsed = Permission.parse(given);
                assertThat(parsed).as("\"%s\"", given).isEqualTo(parsedNaively(given));
                assertThat(Domid.parse(given)).as("\"%s\"", given).isEqualTo(domidNaively(given));
                parsed.ifPresent(permission -> assertThat(Permission.parse(permission.toString()))
                        .as("printed and read again")
                        .contains(permission));
            }
        });
    }
}
