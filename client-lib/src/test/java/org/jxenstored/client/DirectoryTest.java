package org.jxenstored.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jxenstored.client.Background.failure;
import static org.jxenstored.client.Background.result;
import static org.jxenstored.client.Background.run;
import static org.jxenstored.protocol.MessageType.*;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Errno;

/** Child lists that are too long for one reply. */
class DirectoryTest {
    private SocketServer server;
    private XenstoreClient client;

    @BeforeEach
    void connect() throws Exception {
        server = new SocketServer();
        client = server.connect();
    }

    @AfterEach
    void end() throws Exception {
        client.close();
        server.close();
    }

    @Test
    @DisplayName("P-DIRP-9: parts are asked for until the end marker")
    void partsArePutTogether() throws Exception {
        var names = run(() -> client.directory("/d"));
        server.refuse(DIRECTORY, "/d|", Errno.E2BIG);
        server.serve(DIRECTORY_PART, "/d|0|", "7|a|bb|");
        server.serve(DIRECTORY_PART, "/d|5|", "7|ccc|");
        server.serve(DIRECTORY_PART, "/d|9|", "7|d||");
        assertThat(result(names)).containsExactly("a", "bb", "ccc", "d");
    }

    @Test
    @DisplayName("P-DIRP-7: a part behind the end is only the end marker")
    void aBareEndMarkerEndsTheList() throws Exception {
        var names = client.async().directory("/d");
        server.refuse(DIRECTORY, "/d|", Errno.E2BIG);
        server.serve(DIRECTORY_PART, "/d|0|", "7|a|");
        server.serve(DIRECTORY_PART, "/d|2|", "7||");
        assertThat(result(names)).containsExactly("a");
    }

    @Test
    @DisplayName("P-DIRP-9: a new generation starts the list over")
    void aChangeMeanwhileStartsOver() throws Exception {
        var names = run(() -> client.directory("/d"));
        server.refuse(DIRECTORY, "/d|", Errno.E2BIG);
        server.serve(DIRECTORY_PART, "/d|0|", "7|a|");
        server.serve(DIRECTORY_PART, "/d|2|", "8|b|");
        server.serve(DIRECTORY_PART, "/d|0|", "8|x|");
        server.serve(DIRECTORY_PART, "/d|2|", "8|y||");
        assertThat(result(names)).containsExactly("x", "y");
    }

    @Test
    void aDirectoryThatNeverStopsChangingIsAConflict() throws Exception {
        var names = run(() -> client.directory("/d"));
        server.refuse(DIRECTORY, "/d|", Errno.E2BIG);
        for (int generation = 1; !names.isDone() && generation <= 100; generation++) {
            server.serve(DIRECTORY_PART, "/d|0|", generation + "|a|");
            server.serve(DIRECTORY_PART, "/d|2|", generation + 1 + "|a|");
        }
        assertThat(failure(names, ConflictException.class).path()).isEqualTo("/d");
    }

    @Test
    @DisplayName("clients.md 5.2: a server without DIRECTORY_PART leaves E2BIG")
    void aServerWithoutPartsLeavesTheFirstError() throws Exception {
        var names = run(() -> client.directory("/d"));
        server.refuse(DIRECTORY, "/d|", Errno.E2BIG);
        server.refuse(DIRECTORY_PART, "/d|0|", Errno.ENOSYS);
        failure(names, TooBigException.class);
    }

    @Test
    void otherErrorsPassThrough() throws Exception {
        var names = run(() -> client.directory("/d"));
        server.refuse(DIRECTORY, "/d|", Errno.E2BIG);
        server.refuse(DIRECTORY_PART, "/d|0|", Errno.ENOENT);
        failure(names, NotFoundException.class);
    }
}
