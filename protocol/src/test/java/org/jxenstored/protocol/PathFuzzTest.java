package org.jxenstored.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.testing.Fuzz;

/** Any text as a path: what comes out is what the rules say when they are read as regular expressions. */
class PathFuzzTest {
    private static final Pattern LEGAL =
            Pattern.compile("/|(?:/[A-Za-z0-9_@-]++)++|@[A-Za-z0-9_@-]*+(?:/[A-Za-z0-9_@-]++)*+");
    private static final Pattern HOME_PREFIX = Pattern.compile("^/local/domain/[0-9]{1,5}/");
    private static final List<String> USUAL = List.of(
            "/",
            "/local/domain/5/device/vif/0/state",
            "/local/domain/65535/x",
            "/local/domain/123456/x",
            "/tool/xenstored",
            "device/vbd/51712",
            "data",
            "@releaseDomain/7",
            "@introduceDomain",
            "/a@b/@c");

    private static String given(Fuzz fuzz) {
        return switch (fuzz.upTo(4)) {
            case 0 -> fuzz.oneOf(USUAL);
            case 1 -> fuzz.text("/@ab", 12);
            case 2 -> fuzz.text("/-_@.: \0\u00e9\u0661\u1234xY9", 40);
            case 3 -> '/' + "x".repeat(3060) + fuzz.text("/x", 24);
            default -> fuzz.damaged(fuzz.oneOf(USUAL));
        };
    }

    /** The same once more, as short as can be. */
    private static Optional<String> parsedNaively(String given, String home) {
        String canonical = given.startsWith("/") || given.startsWith("@") ? given : home + "/" + given;
        return Optional.of(canonical)
                .filter(path -> path.length() <= 3072 && LEGAL.matcher(path).matches());
    }

    @Test
    @DisplayName("P-PATH-1 to P-PATH-13: a path is taken exactly if the grammar has it, and is the text it says")
    void theParserAgreesWithTheGrammar() {
        Fuzz.seeds(200, fuzz -> {
            for (int i = 0; i < 250; i++) {
                String given = given(fuzz);
                String home = NodePath.homeOf(fuzz.upTo(Domid.MAX));
                Optional<NodePath> parsed = NodePath.parse(given, home);
                assertThat(parsed.map(NodePath::text))
                        .as("\"%s\" below %s", given, home)
                        .isEqualTo(parsedNaively(given, home));
                parsed.ifPresent(path -> look(path, home));
            }
        });
    }

    private static void look(NodePath path, String home) {
        String text = path.text();
        assertThat(NodePath.parse(text, home)).as("read again").contains(path);
        assertThat(path.lengthBelowHome())
                .as(text)
                .isEqualTo(HOME_PREFIX.matcher(text).replaceFirst("").length());
        switch (path) {
            case SpecialPath _ -> assertThat(text).startsWith("@");
            case StorePath store -> lookAtNames(store);
        }
    }

    private static void lookAtNames(StorePath path) {
        List<String> names = path.text().equals("/")
                ? List.of()
                : List.of(path.text().substring(1).split("/", -1));
        assertThat(path.depth()).isEqualTo(names.size());
        StorePath built = StorePath.ROOT;
        for (int level = 0; level < names.size(); level++) {
            assertThat(path.name(level)).isEqualTo(names.get(level));
            assertThat(path.ancestor(level)).isEqualTo(built);
            built = built.child(names.get(level));
        }
        assertThat(built).isEqualTo(path).hasSameHashCodeAs(path).hasToString(path.text());
        assertThat(path.isRoot()).isEqualTo(names.isEmpty());
        assertThat(path.leaf()).isEqualTo(names.isEmpty() ? "" : names.getLast());
        assertThat(path.parent().isEmpty()).isEqualTo(names.isEmpty());
        assertThat(StorePath.of(path.text())).isEqualTo(path);
    }

    @Test
    void aProgrammersPathIsTakenOrIsAnIllegalArgument() {
        Fuzz.seeds(20, fuzz -> {
            for (int i = 0; i < 200; i++) {
                String text = given(fuzz);
                if (text.startsWith("/") && LEGAL.matcher(text).matches()) {
                    assertThat(StorePath.of(text)).hasToString(text);
                } else {
                    assertThatIllegalArgumentException().as(text).isThrownBy(() -> StorePath.of(text));
                }
            }
        });
    }

    @Test
    @DisplayName("P-PATH-12: a path that is too long costs no more than looking at it")
    void hugePathsCostNothing() {
        String huge = "/x".repeat(1 << 20);
        long allocated = Fuzz.allocatedBy(() -> {
            for (int i = 0; i < 100; i++) {
                assertThat(NodePath.parse(huge, "/local/domain/1").isEmpty()).isTrue();
            }
        });
        assertThat(allocated).as("bytes for 100 paths of 2 MiB").isLessThan(16 << 20);
    }
}
