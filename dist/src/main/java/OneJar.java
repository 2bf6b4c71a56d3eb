import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Puts the jars of a directory together into one, which a JVM opens faster.
 *
 * <p>Classes that were compiled for Java 5 or older become class files of Java 8 on the way: the start-up cache takes none
 * of before Java 6, for they lack the stack maps by which the JVM verifies in one pass. The maps are added; nothing else
 * changes. Service files are joined. What else is in a jar's META-INF, its licence for one, goes to META-INF/its-name.
 *
 * <p>Whatever is not sure to work in one jar (a signature, versions of a class, two classes of one name, a class that does
 * not verify) ends this with code 1, and there is no jar; the single ones do as well.
 *
 * <p>Usage: {@code java OneJar.java DIRECTORY JAR}
 */
final class OneJar {
    private static final String META = "META-INF/";
    private static final String SERVICES = META + "services/";
    private static final String NATIVE = META + "native/";

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final ClassFile classFile = ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS,
            ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(this::find)
                    .orElse(ClassHierarchyResolver.defaultResolver())));

    public static void main(String[] arguments) throws IOException {
        Path target = Path.of(arguments[1]);
        Path unfinished = Path.of(arguments[1] + ".new");
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            OneJar all = new OneJar();
            for (Path file : files.filter(path -> path.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                all.add(file);
            }
            all.modernize();
            all.write(unfinished);
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println("no " + target + ": " + e.getMessage());
            Files.deleteIfExists(unfinished);
            System.exit(1);
        }
    }

    private void add(Path file) throws IOException {
        String jarName = String.valueOf(file.getFileName()).replace(".jar", "");
        try (ZipFile jar = new ZipFile(file.toFile())) {
            for (ZipEntry entry : jar.stream().filter(any -> !any.isDirectory()).toList()) {
                String name = entry.getName();
                if (name.matches(META + "[^/]*\\.(SF|RSA|DSA|EC)")
                        || name.matches(META + "versions/.*(?<!module-info)\\.class")) {
                    throw new IllegalStateException(file + " must stay alone, it has " + name);
                }
                byte[] content = content(jar, entry);
                if (name.startsWith(SERVICES)) {
                    entries.merge(name, content, OneJar::lines);
                } else if (!name.endsWith("module-info.class")) {
                    boolean own = name.startsWith(META) && !name.startsWith(NATIVE);
                    addOnce(own ? META + jarName + name.substring(META.length() - 1) : name, content);
                }
            }
        }
    }

    private void addOnce(String name, byte[] content) {
        if (entries.putIfAbsent(name, content) != null) {
            throw new IllegalStateException("two jars have " + name);
        }
    }

    private void modernize() {
        entries.replaceAll((name, content) -> name.endsWith(".class") ? modern(content) : content);
    }

    private byte[] modern(byte[] old) {
        ClassModel model = classFile.parse(old);
        if (model.majorVersion() >= ClassFile.JAVA_6_VERSION) {
            return old;
        }
        ClassTransform code = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
        ClassTransform version = (builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
            } else {
                builder.with(element);
            }
        };
        byte[] modern = classFile.transformClass(model, code.andThen(version));
        List<VerifyError> errors = classFile.verify(modern);
        if (!errors.isEmpty()) {
            throw new IllegalStateException(errors.getFirst().getMessage());
        }
        return modern;
    }

    private void write(Path file) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new ZipEntry(META + "MANIFEST.MF"));
            out.write("Manifest-Version: 1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
    }

    /** For the stack maps: what a class of these jars extends. */
    private InputStream find(ClassDesc type) {
        String descriptor = type.descriptorString();
        byte[] content = entries.get(descriptor.substring(1, descriptor.length() - 1) + ".class");
        return content == null ? null : new ByteArrayInputStream(content);
    }

    private static byte[] content(ZipFile jar, ZipEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static byte[] lines(byte[] one, byte[] other) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(one);
        both.write('\n');
        both.writeBytes(other);
        return both.toByteArray();
    }
}
