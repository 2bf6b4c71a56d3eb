package org.jxenstored.benchmarks.daemon;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sources of this project, with what is built in them.
 *
 * @param root the directory with {@code bin/} in it
 */
record Checkout(Path root) {
    /** The one this class was built in. */
    static Checkout find() throws IOException {
        for (@Nullable Path at = classes(); at != null; at = at.getParent()) {
            if (Files.isExecutable(at.resolve("bin/xenstored")) && Files.isDirectory(at.resolve("benchmarks"))) {
                return new Checkout(at);
            }
        }
        throw new IOException(
                "the benchmarks run from the sources they were built in only; " + classes() + " is in none");
    }

    /** This module's classes: a jar or a directory. */
    static Path classes() throws IOException {
        try {
            return Path.of(Checkout.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException("where are the benchmarks?", e);
        }
    }

    Path launcher() {
        return root.resolve("bin/xenstored");
    }

    Path peerScript() {
        return root.resolve("benchmarks/peers/peer.sh");
    }

    Path echoSource() {
        return root.resolve("benchmarks/echo/echo.c");
    }

    /** Where built things go that are no classes. */
    Path built() {
        return root.resolve("benchmarks/target");
    }

    /** What must be installed for this peer; empty if all is. */
    Optional<String> missing(Kind peer) throws IOException, InterruptedException {
        Finished checked = Finished.run(peerScript().toString(), "missing", word(peer));
        return checked.exitCode() == 0
                ? Optional.empty()
                : Optional.of(checked.output().strip());
    }

    /** What peer.sh calls it. */
    static String word(Kind peer) {
        return switch (peer) {
            case C -> "c";
            case OCAML -> "ocaml";
            case JAVA, ECHO -> throw new IllegalArgumentException("this project's daemon is no peer");
        };
    }
}
