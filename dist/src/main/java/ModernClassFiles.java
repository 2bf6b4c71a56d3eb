import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Turns the classes of a jar that were compiled for Java 5 or older into the class-file format of Java 8.
 *
 * <p>The start-up cache takes no class of before Java 6: those come without the stack maps that let the JVM verify them
 * in one pass. This adds the maps and changes nothing else. The jar is replaced only if every class in the result
 * verifies; otherwise it stays as it is and the exit code is 1. Its time stays too, so that Maven sees no change.
 *
 * <p>Usage: {@code java ModernClassFiles.java JAR}
 */
final class ModernClassFiles {
    private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;
    private static final int TARGET = ClassFile.JAVA_8_VERSION;

    private final ZipFile jar;
    private final ClassFile classFile;

    private ModernClassFiles(ZipFile jar) {
        this.jar = jar;
        this.classFile = ClassFile.of(
                StackMapsOption.GENERATE_STACK_MAPS,
                ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(this::classInJar)
                        .orElse(ClassHierarchyResolver.defaultResolver())));
    }

    public static void main(String[] arguments) throws IOException {
        Path old = Path.of(arguments[0]);
        Path modern = Path.of(arguments[0] + ".new");
        try {
            boolean changed;
            try (ZipFile jar = new ZipFile(old.toFile())) {
                changed = new ModernClassFiles(jar).writeTo(modern);
            }
            if (changed) {
                Files.setLastModifiedTime(modern, Files.getLastModifiedTime(old));
                Files.move(modern, old, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println(old + " stays as it is: " + e.getMessage());
            System.exit(1);
        } finally {
            Files.deleteIfExists(modern);
        }
    }

    /** Returns whether there was anything to change. */
    private boolean writeTo(Path file) throws IOException {
        boolean changed = false;
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (ZipEntry entry : jar.stream().toList()) {
                if (entry.getName().matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)")) {
                    throw new IllegalStateException("it is signed");
                }
                byte[] content = contentOf(entry);
                if (entry.getName().endsWith(".class")) {
                    byte[] modern = modern(content);
                    changed |= modern != content;
                    content = modern;
                }
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                out.write(content);
            }
        }
        return changed;
    }

    private byte[] modern(byte[] old) {
        ClassModel model = classFile.parse(old);
        if (model.majorVersion() >= FIRST_WITH_STACK_MAPS) {
            return old;
        }
        ClassTransform code = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
        ClassTransform version = (builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(TARGET, 0);
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

    private InputStream classInJar(ClassDesc type) {
        String descriptor = type.descriptorString();
        ZipEntry entry = jar.getEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
        try {
            return entry == null ? null : jar.getInputStream(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] contentOf(ZipEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }
}
