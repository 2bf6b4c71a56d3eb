package org.jxenstored.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A process of another user that sends one request to a Unix socket. */
final class OtherUser {
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
    private static final Path PERL = Path.of("/usr/bin/perl");

    /** Prints the reply's payload with its type before it, or why there is none. */
    private static final String CLIENT = """
            $SIG{PIPE} = 'IGNORE';
            my ($path, $type, @words) = @ARGV;
            socket(S, PF_UNIX, SOCK_STREAM, 0) or die;
            connect(S, pack_sockaddr_un($path)) or do { print "cannot connect"; exit };
            my $payload = join('', map { "$_\\0" } @words);
            syswrite(S, pack('V4', $type, 0, 0, length $payload) . $payload);
            sub take {
                my ($size, $all) = (shift, '');
                while (length $all < $size) {
                    sysread(S, $all, $size - length $all, length $all) or do { print "closed"; exit };
                }
                return $all;
            }
            my ($reply, undef, undef, $length) = unpack('V4', take(16));
            $payload = take($length);
            $payload =~ tr/\\0/ /;
            print "$reply $payload";
            """;

    private final int uid;

    private OtherUser(int uid) {
        this.uid = uid;
    }

    /** Skips the test where no process of this user can be started. */
    static OtherUser of(int uid) {
        assumeTrue(new UnixSystem().getUid() == 0, "only root can start a process of another user");
        assumeTrue(Files.isExecutable(SETPRIV) && Files.isExecutable(PERL), "setpriv and perl are needed");
        return new OtherUser(uid);
    }

    /**
     * Sends a request of these words, each with its NUL.
     *
     * @return number of the reply's type, a blank, and its payload with blanks for NULs; "closed" or "cannot connect"
     */
    String request(Path socket, int type, String... words) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                SETPRIV.toString(),
                "--reuid=" + uid,
                "--regid=" + uid,
                "--clear-groups",
                PERL.toString(),
                "-MSocket",
                "-e",
                CLIENT,
                socket.toString(),
                Integer.toString(type));
        builder.command().addAll(List.of(words));
        Process process = builder.directory(Path.of("/").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader()) {
            String said = output.lines().collect(Collectors.joining("\n"));
            assertThat(process.waitFor()).isZero();
            return said;
        }
    }
}
