package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.SpecialPath;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.protocol.Value;

class PathsTest {
    private final Paths paths = new Paths();

    private @Nullable NodePath read(String given, int domid) {
        Value payload = Value.of("before" + given + "\0after");
        return paths.read(payload, 6, 6 + given.length(), domid);
    }

    @Test
    void aPathThatIsAskedForAgainIsTheSameObject() {
        NodePath first = read("/local/domain/3/name", 0);

        assertThat(first).isEqualTo(StorePath.of("/local/domain/3/name"));
        assertThat(read("/local/domain/3/name", 0)).isSameAs(first);
        assertThat(read("/local/domain/3/name", 5)).as("for another domain").isSameAs(first);
    }

    @Test
    @DisplayName("P-PATH-5: a relative path is below the home of who asks")
    void aRelativePathIsAnotherForEachDomain() {
        assertThat(read("name", 3)).isEqualTo(StorePath.of("/local/domain/3/name"));
        assertThat(read("name", 4)).isEqualTo(StorePath.of("/local/domain/4/name"));
        assertThat(read("name", 3)).isEqualTo(StorePath.of("/local/domain/3/name"));
    }

    @Test
    void aMalformedPathIsRefusedEachTime() {
        for (int i = 0; i < 3; i++) {
            assertThat(read("/a//b", 0)).isNull();
            assertThat(read("", 0)).isNull();
            assertThat(read("/a/\u00e9", 0)).isNull();
        }
        assertThat(read("@releaseDomain", 0)).isEqualTo(SpecialPath.RELEASE_DOMAIN);
    }

    @Test
    void howeverManyPathsThereAreEachIsReadRight() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 10_000; i++) {
                String given = "/local/domain/" + i + "/" + "long-".repeat(i % 40) + "name";
                assertThat(read(given, 0)).hasToString(given);
            }
        }
    }
}
