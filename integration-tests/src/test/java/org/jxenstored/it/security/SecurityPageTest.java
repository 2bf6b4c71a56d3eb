package org.jxenstored.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.domain.QuotaName;

/** Holds docs/security.md, the tests of this package and the constants of the sources together. */
final class SecurityPageTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/security.md");
    private static final Path TESTS =
            Path.of("src/test/java", SecurityPageTest.class.getPackageName().replace('.', '/'));

    /** The advisories on xenstored, its libraries and its clients that guests can do something about. */
    private static final Set<Integer> ADVISORIES = Set.of(
            38, 72, 115, 206, 233, 272, 322, 323, 324, 325, 326, 330, 349, 352, 353, 354, 414, 415, 416, 417, 418, 419,
            420, 421, 425, 440, 481, 483, 484);

    private static final Pattern ROW = Pattern.compile("^\\| XSA-(\\d+) \\|[^|]+\\|([^|]+)\\|$", Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile("`(\\w+\\.\\w+)`");
    private static final Pattern NAME = Pattern.compile("^XSA-(\\d+): .+");
    private static final Pattern CONSTANT = Pattern.compile("`(\\w+)\\.([A-Z_]+ = [^`]+)`");

    @Test
    void theTableNamesEveryTestOfEveryAdvisory() throws Exception {
        assertThat(inPage()).as("docs/security.md (left) and the tests (right)").isEqualTo(inTests());
    }

    @Test
    void thereIsATestForEachAdvisory() throws Exception {
        assertThat(inTests().keySet()).containsExactlyInAnyOrderElementsOf(ADVISORIES);
    }

    @Test
    void theBoundsArePrintedAsTheSourcesHaveThem() throws Exception {
        Map<String, String> sources = sources();
        Matcher constants = CONSTANT.matcher(Files.readString(PAGE));
        int found = 0;
        for (; constants.find(); found++) {
            assertThat(sources).containsKey(constants.group(1));
            assertThat(sources.get(constants.group(1)))
                    .as("the source of %s", constants.group(1))
                    .contains(" " + constants.group(2) + ";");
        }
        assertThat(found).isGreaterThan(15);
    }

    @Test
    void theQuotasArePrintedWithTheirDefaults() throws Exception {
        String page = Files.readString(PAGE);
        for (QuotaName quota : QuotaName.all()) {
            assertThat(page).contains("| `" + quota.wireName() + "` | " + quota.defaultValue() + " |");
        }
    }

    private static Map<Integer, Set<String>> inPage() throws IOException {
        Map<Integer, Set<String>> found = new TreeMap<>();
        Matcher rows = ROW.matcher(Files.readString(PAGE));
        while (rows.find()) {
            Set<String> tests = new TreeSet<>();
            TEST.matcher(rows.group(2)).results().forEach(test -> tests.add(test.group(1)));
            assertThat(found.put(Integer.valueOf(rows.group(1)), tests))
                    .as("a second row for XSA-%s", rows.group(1))
                    .isNull();
        }
        return found;
    }

    private static Map<Integer, Set<String>> inTests() throws IOException, ClassNotFoundException {
        Map<Integer, Set<String>> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(TESTS)) {
            for (Path file : files.filter(each -> each.toString().endsWith("AdvisoriesTest.java"))
                    .toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                Class<?> tests = Class.forName(SecurityPageTest.class.getPackageName() + "." + name);
                for (Method method : tests.getDeclaredMethods()) {
                    if (method.isAnnotationPresent(Test.class)) {
                        found.computeIfAbsent(advisory(method), _ -> new TreeSet<>())
                                .add(name + "." + method.getName());
                    }
                }
            }
        }
        return found;
    }

    private static int advisory(Method test) {
        DisplayName shown = test.getAnnotation(DisplayName.class);
        Matcher name = NAME.matcher(shown == null ? "" : shown.value());
        assertThat(name.matches()).as("%s is named after an advisory", test).isTrue();
        return Integer.parseInt(name.group(1));
    }

    /** The text of every class of the daemon, the protocol and the client library; of two of one name, both. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (String module : Arrays.asList("xenstored", "protocol", "client-lib")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).collect(Collectors.toList())) {
                    texts.merge(
                            file.getFileName().toString().replace(".java", ""), Files.readString(file), String::concat);
                }
            }
        }
        return texts;
    }
}
