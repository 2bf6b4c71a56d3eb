package org.jxenstored.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The program of the build that puts the daemon's jars together. */
class OneJarTest {
    private static final Path PROGRAM = Path.of("../dist/src/main/java/OneJar.java");
    private static final int STACK_MAPS_SINCE = 50;

    @TempDir
    Path directory;

    private Path jars;
    private Path one;

    @BeforeEach
    void makeDirectory() throws IOException {
        jars = Files.createDirectory(directory.resolve("jars"));
        one = directory.resolve("one.jar");
    }

    private String join() throws IOException, InterruptedException {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        PROGRAM.toString(),
                        jars.toString(),
                        one.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return java.waitFor() + " " + said;
    }

    private void jar(String name, Map<String, String> entries) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jars.resolve(name)))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private String entry(String name) throws IOException {
        try (ZipFile jar = new ZipFile(one.toFile())) {
            return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void oldClassesBecomeOnesThatVerifyAndWork() throws Exception {
        Path picocli = Path.of(CommandLine.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Files.copy(picocli, jars.resolve("picocli.jar"));
        assertThat(join()).isEqualTo("0 ");
        try (ZipFile jar = new ZipFile(one.toFile());
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {one.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            for (ZipEntry entry :
                    jar.stream().filter(any -> any.getName().endsWith(".class")).toList()) {
                byte[] content = jar.getInputStream(entry).readAllBytes();
                assertThat((int) content[7]).as(entry.getName()).isGreaterThanOrEqualTo(STACK_MAPS_SINCE);
            }
            Object commandLine = loader.loadClass("picocli.CommandLine$Model$CommandSpec")
                    .getMethod("create")
                    .invoke(null);
            assertThat(commandLine.getClass().getClassLoader()).isEqualTo(loader);
        }
    }

    @Test
    void servicesOfAllJarsAreListedAndLicencesKeptApart() throws Exception {
        jar("a.jar", Map.of("META-INF/services/S", "one", "META-INF/LICENSE", "of a"));
        jar("b.jar", Map.of("META-INF/services/S", "two", "META-INF/LICENSE", "of b"));
        assertThat(join()).isEqualTo("0 ");
        assertThat(entry("META-INF/services/S").lines()).containsExactly("one", "two");
        assertThat(entry("META-INF/a/LICENSE")).isEqualTo("of a");
        assertThat(entry("META-INF/b/LICENSE")).isEqualTo("of b");
    }

    @Test
    void whatTwoJarsHaveMakesNoJar() throws Exception {
        jar("a.jar", Map.of("p/x.txt", "1"));
        jar("b.jar", Map.of("p/x.txt", "2"));
        assertThat(join()).startsWith("1 no ").contains("two jars have p/x.txt");
        assertThat(one).doesNotExist();
        assertThat(directory).isDirectoryNotContaining(file -> file.toString().endsWith(".new"));
    }

    @Test
    void aSignedJarMakesNoJar() throws Exception {
        jar("a.jar", Map.of("META-INF/A.SF", ""));
        assertThat(join()).startsWith("1 no ").contains("must stay alone");
        assertThat(one).doesNotExist();
    }
}
