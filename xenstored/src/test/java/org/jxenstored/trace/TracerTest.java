package org.jxenstored.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.control.TraceControl.Switch;
import org.jxenstored.domain.FakeDomainStates;
import org.jxenstored.engine.Connection;
import org.jxenstored.engine.Engine;
import org.jxenstored.engine.EngineConfig;
import org.jxenstored.engine.EngineTrace.Kind;
import org.jxenstored.engine.EngineTrace.Progress;
import org.jxenstored.engine.Link;
import org.jxenstored.engine.RingHost.Attachment;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

class TracerTest {
    private static final String TIME = "[0-9]{8} [0-9]{2}:[0-9]{2}:[0-9]{2}";

    @TempDir
    Path directory;

    private Tracer tracer = new Tracer(Optional.empty(), Set.of(), Path.of("/"));

    private Path file() {
        return directory.resolve("trace");
    }

    private void open(String... changes) {
        Set<String> on = new HashSet<>(Set.of("obj", "io"));
        for (String change : changes) {
            var _ = change.startsWith("+") ? on.add(change.substring(1)) : on.remove(change.substring(1));
        }
        tracer = new Tracer(Optional.of(file()), on, directory);
        tracer.open();
    }

    @AfterEach
    void close() {
        tracer.close();
    }

    private List<String> lines() throws IOException {
        tracer.flush();
        return Files.readAllLines(file(), StandardCharsets.ISO_8859_1);
    }

    private static Connection connection(int domid) {
        Engine engine = new Engine(
                EngineConfig.DEFAULT,
                new FakeDomainStates(),
                (_, _, _) -> new Attachment.Refused(Errno.EINVAL, ""),
                () -> 0,
                new Tracer(Optional.empty(), Set.of(), Path.of("/")));
        Link link = new Link() {
            @Override
            public void wake() {}

            @Override
            public void resume() {}

            @Override
            public void cutOff(String reason) {}

            @Override
            public String describe() {
                return "test";
            }
        };
        OptionalInt identity = domid == 0 ? OptionalInt.empty() : OptionalInt.of(domid);
        return identity.isPresent() ? engine.connectAs(domid, link) : engine.connectSocket(link);
    }

    @Test
    @DisplayName("S-LOG-1: the file is readable for its owner only, is appended to, and each opening shows")
    void theFileIsPrivateAndAppendedTo() throws IOException {
        open();
        tracer.note(() -> "first");
        assertThat(lines()).containsExactly("***", "first");
        assertThat(Files.getPosixFilePermissions(file())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        tracer.open();
        tracer.note(() -> "second");
        assertThat(lines()).containsExactly("***", "first", "***", "second");
    }

    @Test
    @DisplayName("S-LOG-1: after the file was moved away, opening makes a new one")
    void theFileMayBeMovedAway() throws IOException {
        open();
        tracer.note(() -> "old");
        Files.move(file(), directory.resolve("moved"));
        tracer.open();
        tracer.note(() -> "new");
        assertThat(lines()).containsExactly("***", "new");
        assertThat(directory.resolve("moved")).hasContent("***\nold");
    }

    @Test
    @DisplayName("S-LOG-3, S-LOG-4: the lines of messages in and out")
    void messageLines() throws IOException {
        open();
        Connection client = connection(7);
        tracer.received(client, Message.of(MessageType.WATCH, 1, 0, Value.of("/a\0t\0")));
        tracer.sent(client, Message.of(MessageType.WATCH, 1, 0, Value.of("OK\0")), Progress.WHOLE);
        tracer.sent(client, Message.event(Value.of("/a\0t\0")), Progress.FIRST_PART);
        tracer.sent(client, Message.event(Value.of("/a\0t\0")), Progress.LAST_PART);
        tracer.sent(client, Message.of(MessageType.READ, 1, 0, Value.EMPTY).error(Errno.ENOENT), Progress.WHOLE);
        tracer.received(connection(0), new Message(99, 1, 0, Value.EMPTY));
        List<String> lines = lines();
        assertThat(lines.get(1)).matches("io: IN 0x1 \\(d7\\) " + TIME + " WATCH \\(/a t \\)");
        assertThat(lines.get(2)).matches("io: OUT 0x1 \\(d7\\) " + TIME + " WATCH \\(OK \\)");
        assertThat(lines.get(3)).matches("io: OUT\\(START\\) 0x1 \\(d7\\) " + TIME + " WATCH_EVENT \\(/a t \\)");
        assertThat(lines.get(4)).matches("io: OUT\\(END\\) 0x1 \\(d7\\) " + TIME + " WATCH_EVENT \\(/a t \\)");
        assertThat(lines.get(5)).matches("io: OUT\\(ERR\\) 0x1 \\(d7\\) " + TIME + " ERROR \\(ENOENT \\)");
        assertThat(lines.get(6)).matches("io: IN 0x1 \\(d0\\) " + TIME + " type 99\\? \\(\\)");
    }

    @Test
    @DisplayName("S-LOG-9: no byte a guest sends makes a line of its own or reaches a terminal")
    void controlCharactersAreEscaped() throws IOException {
        open("+tdb");
        tracer.received(
                connection(7), Message.of(MessageType.WRITE, 1, 0, Value.of("/a\0\nio: x\u001b[2J\u0080\u00ff")));
        tracer.note(() -> "token \r\n\t");
        tracer.created(Kind.WATCH, "/a tok\nen");
        tracer.print("a\nb");
        List<String> lines = lines();
        assertThat(lines).hasSize(5).noneMatch(line -> line.chars().anyMatch(c -> c < 0x20 || c > 0x7e));
        assertThat(lines.get(1)).endsWith("WRITE (/a \\x0aio: x\\x1b[2J\\x80\\xff)");
        assertThat(lines.get(2)).isEqualTo("token \\x0d\\x0a\\x09");
        assertThat(lines.get(3)).isEqualTo("obj: CREATE watch /a tok\\x0aen");
        assertThat(lines.get(4)).isEqualTo("control: a\\x0ab");
    }

    @Test
    @DisplayName("S-LOG-2: the switches, in their order")
    void theSwitches() {
        open();
        assertThat(tracer.switches())
                .containsExactly(
                        new Switch("obj", true),
                        new Switch("io", true),
                        new Switch("wrl", false),
                        new Switch("acc", false),
                        new Switch("tdb", false));
    }

    @Test
    @DisplayName("S-LOG-2, S-LOG-5, S-LOG-6: each switch decides about its lines alone")
    void eachSwitchDecidesAboutItsLines() throws IOException {
        open("+tdb", "-obj");
        everyKindOnce();
        assertThat(lines()).containsExactly("***", "tdb: store /a size 24");
        assertThat(tracer.set("tdb", false)).isTrue();
        assertThat(tracer.set("acc", true)).isTrue();
        assertThat(tracer.set("wrl", true)).isTrue();
        assertThat(tracer.set("obj", true)).isTrue();
        assertThat(tracer.set("nonsense", true)).isFalse();
        everyKindOnce();
        assertThat(lines().subList(2, 6))
                .containsExactly(
                        "obj: CREATE transaction 1",
                        "obj: DESTROY connection 0x2",
                        "acc: global change d7 nodes old 3 delta -1",
                        "wrl: d7 credit -500 reserve 20");
    }

    private void everyKindOnce() {
        tracer.created(Kind.TRANSACTION, "1");
        tracer.destroyed(Kind.CONNECTION, "0x2");
        tracer.accounted(7, "nodes", 3, -1, false);
        tracer.charged(7, -500, 20);
        tracer.stored("store", "/a", 24);
    }

    @Test
    @DisplayName("P-CTL-4: without a file opening does nothing; a closed one is not written to")
    void aClosedTraceIsSilent() throws IOException {
        tracer.open();
        tracer.note(() -> "nowhere");
        open();
        tracer.close();
        tracer.note(() -> "too late");
        assertThat(lines()).containsExactly("***");
    }

    @Test
    @DisplayName("P-CTL-6: another file, relative to the library directory")
    void anotherFile() throws IOException {
        open();
        tracer.use("other");
        tracer.note(() -> "here");
        assertThat(lines()).containsExactly("***");
        assertThat(directory.resolve("other")).hasContent("***\nhere");
    }

    @Test
    @DisplayName("P-CTL-7: a report goes into its file or the trace, and one that cannot be written is told")
    void reports() throws IOException {
        open();
        assertThat(tracer.append("", "one\ntwo\n")).isTrue();
        assertThat(lines()).containsExactly("***", "one", "two");
        assertThat(tracer.append("report", "three\n")).isTrue();
        assertThat(tracer.append("report", "four\n")).isTrue();
        assertThat(directory.resolve("report")).hasContent("three\nfour");
        assertThat(tracer.append(file() + "/impossible", "x")).isFalse();
        tracer.close();
        assertThat(tracer.append("", "x")).isFalse();
    }

    private void traceInto(Path file) {
        tracer = new Tracer(Optional.of(file), Set.of("obj"), directory);
        tracer.open();
        tracer.note(() -> "a secret");
        tracer.close();
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path precious = Files.writeString(directory.resolve("precious"), "as before");
        Files.createSymbolicLink(file(), precious);
        traceInto(file());
        assertThat(precious).hasContent("as before");

        Path nowhere = directory.resolve("not-there-yet");
        Files.delete(file());
        Files.createSymbolicLink(file(), nowhere);
        traceInto(file());
        assertThat(nowhere).doesNotExist();
    }

    @Test
    void aSecondNameOfAnotherFileIsNotWrittenTo() throws IOException {
        Path precious = Files.writeString(directory.resolve("precious"), "as before");
        Files.createLink(file(), precious);
        traceInto(file());
        assertThat(precious).hasContent("as before");
    }

    @Test
    void aFileThatSomebodyElseHasPreparedIsNotWrittenTo() throws IOException {
        assumeTrue(new UnixSystem().getUid() == 0, "only root can give a file away");
        Files.createFile(file());
        Files.setAttribute(file(), "unix:uid", 65533);
        traceInto(file());
        assertThat(file()).isEmptyFile();
    }

    @Test
    @Timeout(60)
    void aPipeIsNotOpenedWhichWouldWaitForItsReader() throws Exception {
        Process mkfifo = new ProcessBuilder("mkfifo", file().toString()).start();
        assertThat(mkfifo.waitFor()).isZero();
        traceInto(file());
        assertThat(directory).isDirectoryContaining(path -> path.equals(file()));
    }

    @Test
    void whereEverybodyCanSwapFilesNothingIsTraced() throws IOException {
        Path open = Files.createDirectory(directory.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        traceInto(open.resolve("trace"));
        assertThat(open).isEmptyDirectory();

        Files.setAttribute(open, "unix:mode", 01777);
        traceInto(open.resolve("trace"));
        assertThat(open.resolve("trace")).hasContent("***\na secret");
    }

    @Test
    void theLibraryDirectoryIsMadePrivate() throws IOException {
        Path lib = directory.resolve("lib/xenstore");
        tracer = new Tracer(Optional.empty(), Set.of(), lib);
        tracer.use("trace");
        assertThat(Files.getPosixFilePermissions(lib)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(lib.resolve("trace")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    @DisplayName("P-CTL-6, P-CTL-7: where not only root commands, a command names files of the library directory only")
    void whereNotOnlyRootCommandsFilesAreConfined() throws IOException {
        Path lib = Files.createDirectory(directory.resolve("lib"));
        Path outside = directory.resolve("outside");
        tracer = new Tracer(Optional.of(outside), Set.of(), lib, true);
        for (String name : List.of(outside.toString(), "../outside", "deeper/../../outside", "sub/file", ".", "..")) {
            assertThat(tracer.use(name)).as(name).isFalse();
            assertThat(tracer.append(name, "x")).as(name).isFalse();
        }
        assertThat(outside).doesNotExist();

        assertThat(tracer.use("inside")).isTrue();
        tracer.flush();
        assertThat(lib.resolve("inside")).hasContent("***");
        assertThat(tracer.append(lib.resolve("report").toString(), "one")).isTrue();
        assertThat(lib.resolve("report")).hasContent("one");
    }

    @Test
    void aFileThatCannotBeOpenedIsNoFailure() {
        tracer = new Tracer(Optional.of(directory), Set.of(), directory);
        tracer.open();
        tracer.note(() -> "lost");
        tracer.flush();
        assertThat(directory).isEmptyDirectory();
    }
}
