package org.jxenstored.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodePathTest {
    private static final String HOME = NodePath.homeOf(5);

    private static Optional<String> parsed(String given) {
        return NodePath.parse(given, HOME).map(NodePath::text);
    }

    @Test
    @DisplayName("P-PATH-1: exactly these 66 characters may stand in a path")
    void onlySomeCharactersAreAllowed() {
        String allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-/_@";
        for (char c = 0; c < 0x180; c++) {
            assertThat(parsed("/a" + c + "b").isPresent())
                    .as("character %d", (int) c)
                    .isEqualTo(allowed.indexOf(c) >= 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "//", "/a//b", "//a", "a//b", "/a/", "a/", "@/", "@releaseDomain/", "/.", "/..", "/a b"})
    @DisplayName("P-PATH-2, P-PATH-3, P-PATH-4, P-PATH-13: empty paths, double and trailing slashes, dots")
    void malformedPathsAreRefused(String given) {
        assertThat(parsed(given)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/,/",
        "/a,/a",
        "/a/b-c_D@9,/a/b-c_D@9",
        "a,/local/domain/5/a",
        "data/x,/local/domain/5/data/x",
        "a@b,/local/domain/5/a@b",
        "@releaseDomain,@releaseDomain",
        "@,@",
        "@foo/7,@foo/7"
    })
    @DisplayName("P-PATH-5, P-PATH-6, P-PATH-9: absolute, special and relative paths")
    void theFirstByteTellsTheKind(String given, String canonical) {
        assertThat(parsed(given)).contains(canonical);
    }

    @Test
    @DisplayName("P-PATH-8: special names are a type of their own")
    void specialNamesAreNotTreePaths() {
        assertThat(NodePath.parse("@releaseDomain", HOME)).contains(SpecialPath.RELEASE_DOMAIN);
        assertThat(NodePath.parse("@introduceDomain", HOME)).contains(SpecialPath.INTRODUCE_DOMAIN);
        assertThat(NodePath.parse("/@releaseDomain", HOME)).get().isInstanceOf(StorePath.class);
        assertThat(SpecialPath.RELEASE_DOMAIN.ofDomain(7).text()).isEqualTo("@releaseDomain/7");
    }

    @Test
    @DisplayName("P-PATH-12: 3072 bytes are the longest canonical path, 3073 are too many")
    void theLongestAbsolutePath() {
        String longest = "/" + "x".repeat(3071);
        assertThat(parsed(longest)).contains(longest);
        assertThat(parsed(longest + "x")).isEmpty();
        assertThat(parsed("@" + "x".repeat(3072))).isEmpty();
    }

    @Test
    @DisplayName("P-PATH-12: a relative path counts with its home")
    void theLongestRelativePath() {
        int room = 3072 - HOME.length() - 1;
        assertThat(parsed("x".repeat(room))).get().extracting(String::length).isEqualTo(3072);
        assertThat(parsed("x".repeat(room + 1))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/local/domain/5/abc,3",
        "/local/domain/65535/abc,3",
        "/local/domain/123456/abc,24",
        "/local/domain//abc,-1",
        "/local/domain/5,15",
        "/local/domain/x/abc,19",
        "/local/domain/5x/abc,20",
        "/local/domains/5/abc,20",
        "/tool/local/domain/5/abc,24",
        "/,1",
        "@releaseDomain,14"
    })
    @DisplayName("P-PATH-10: a leading home of any domain does not count for path-max")
    void theLengthBelowHome(String given, int length) {
        assertThat(NodePath.parse(given, HOME).map(NodePath::lengthBelowHome).orElse(-1))
                .isEqualTo(length);
    }

    @ParameterizedTest
    @CsvSource({"a,true", "a/b,true", "/a,false", "@a,false", "/,false", "'',true"})
    @DisplayName("P-PATH-5: what is relative")
    void whatIsRelative(String given, boolean relative) {
        assertThat(NodePath.isRelative(given)).isEqualTo(relative);
    }

    @Test
    void aPathKnowsItsNames() {
        StorePath path = StorePath.of("/local/domain/5");
        assertThat(path.depth()).isEqualTo(3);
        assertThat(path.name(0)).isEqualTo("local");
        assertThat(path.leaf()).isEqualTo("5");
        assertThat(path.parent()).contains(StorePath.of("/local/domain"));
        assertThat(path.ancestor(0)).isEqualTo(StorePath.ROOT);
        assertThat(path.ancestor(1)).isEqualTo(StorePath.of("/local"));
        assertThat(path.ancestor(3)).isSameAs(path);
        assertThat(path.child("data")).isEqualTo(StorePath.of("/local/domain/5/data"));
        assertThat(path).hasToString("/local/domain/5").hasSameHashCodeAs(StorePath.of("/local/domain/5"));
    }

    @Test
    void theRootHasNoNameAndNoParent() {
        assertThat(StorePath.of("/")).isSameAs(StorePath.ROOT);
        assertThat(StorePath.ROOT.isRoot()).isTrue();
        assertThat(StorePath.ROOT.depth()).isZero();
        assertThat(StorePath.ROOT.leaf()).isEmpty();
        assertThat(StorePath.ROOT.parent()).isEmpty();
        assertThat(StorePath.ROOT.child("a")).isEqualTo(StorePath.of("/a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "@a", "/a/", "//", "/a b"})
    void aProgrammersMistakeIsAnException(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> StorePath.of(text));
    }
}
