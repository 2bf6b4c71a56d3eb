package org.jxenstored.listener;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process of another user that connects to a Unix socket. */
final class OtherUser {
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
    private static final Path PERL = Path.of("/usr/bin/perl");

    /** Prints the first line it gets, or "closed". */
    private static final String CLIENT = """
            socket(S, PF_UNIX, SOCK_STREAM, 0) or die;
            connect(S, pack_sockaddr_un($ARGV[0])) or do { print "cannot connect\\n"; exit };
            my $line = <S>;
            print defined $line ? $line : "closed\\n";
            """;

    private OtherUser() {}

    /** What it gets to hear first. Skips the test where no such process can be started. */
    static String connect(int uid, Path socket) throws IOException, InterruptedException {
        assumeTrue(new UnixSystem().getUid() == 0, "only root can start a process of another user");
        assumeTrue(Files.isExecutable(SETPRIV) && Files.isExecutable(PERL), "setpriv and perl are needed");
        Process process = new ProcessBuilder(
                        SETPRIV.toString(),
                        "--reuid=" + uid,
                        "--regid=" + uid,
                        "--clear-groups",
                        PERL.toString(),
                        "-MSocket",
                        "-e",
                        CLIENT,
                        socket.toString())
                .directory(Path.of("/").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader()) {
            String line = output.readLine();
            process.waitFor();
            return String.valueOf(line);
        }
    }
}
