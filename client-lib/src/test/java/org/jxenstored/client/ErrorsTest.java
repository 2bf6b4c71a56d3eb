package org.jxenstored.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jxenstored.client.Background.failure;
import static org.jxenstored.client.Background.result;
import static org.jxenstored.client.Background.run;
import static org.jxenstored.protocol.MessageType.*;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

class ErrorsTest {
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

    @ParameterizedTest
    @CsvSource({
        "ENOENT, NotFoundException",
        "EACCES, AccessDeniedException",
        "EPERM, AccessDeniedException",
        "EAGAIN, ConflictException",
        "EEXIST, AlreadyExistsException",
        "EINVAL, InvalidRequestException",
        "ENOSPC, QuotaExceededException",
        "E2BIG, TooBigException",
        "EBUSY, BusyException",
        "ENOSYS, UnsupportedRequestException",
        "EIO, RequestFailedException"
    })
    void theUsualErrorsHaveClassesOfTheirOwn(Errno errno, String className) throws Exception {
        var read = run(() -> client.read("/a"));
        server.refuse(READ, "/a|", errno);
        RequestFailedException failure = failure(read, RequestFailedException.class);
        assertThat(failure.getClass().getSimpleName()).isEqualTo(className);
    }

    @ParameterizedTest
    @EnumSource
    void everyErrorTellsItsErrnoAndThePath(Errno errno) throws Exception {
        var read = run(() -> client.read("/a/b"));
        server.refuse(READ, "/a/b|", errno);
        RequestFailedException failure = failure(read, RequestFailedException.class);
        assertThat(failure.errno()).isEqualTo(errno);
        assertThat(failure.path()).isEqualTo("/a/b");
        assertThat(failure).hasMessageContaining("READ /a/b").hasMessageContaining(errno.name());
    }

    @Test
    @DisplayName("C-LIB-12: an error name that is not in the protocol is EINVAL")
    void anUnknownErrorNameIsEinval() throws Exception {
        var read = run(() -> client.read("/a"));
        Message request = server.expect(READ, "/a|");
        server.send(Message.of(ERROR, request.requestId(), 0, ServerSide.bytes("EQUOTA|")));
        assertThat(failure(read, InvalidRequestException.class).errno()).isEqualTo(Errno.EINVAL);
    }

    @Test
    @DisplayName("C-LIB-9: a payload over 4096 bytes is E2BIG here, and nothing is sent")
    void aPayloadThatIsTooBigIsNotSent() throws Exception {
        Value fits = Value.copyOf(new byte[Limits.PAYLOAD_MAX - 3]);
        Value tooBig = Value.copyOf(new byte[Limits.PAYLOAD_MAX - 2]);
        assertThatThrownBy(() -> client.write("/a", tooBig)).isInstanceOf(TooBigException.class);
        var write = run(() -> client.write("/a", fits));
        server.serve(WRITE, "/a|" + fits.text(), "OK|");
        assertThat(result(write)).isTrue();
    }

    @Test
    void aNulInAPathWouldChangeTheRequestAndIsRefused() {
        assertThatThrownBy(() -> client.write("/a\0b", "v")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.read("/a\0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.control("print", "a\0b")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"GET_FEATURE, x", "GET_PERMS, n0|q7|", "TRANSACTION_START, seven|", "TRANSACTION_START, 0|"})
    void aReplyThatMakesNoSenseIsToldAsSuch(MessageType type, String answer) throws Exception {
        var call = run(() -> {
            switch (type) {
                case GET_FEATURE -> client.features();
                case GET_PERMS -> client.getPermissions("/a");
                default -> client.transaction();
            }
        });
        server.reply(server.next(), answer);
        assertThat(failure(call, MalformedReplyException.class)).hasMessageContaining(type.name());
    }

    @Test
    void anAsynchronousCallFailsWithTheSameException() throws Exception {
        var read = client.async().read("/a");
        server.refuse(READ, "/a|", Errno.EACCES);
        assertThat(failure(read, AccessDeniedException.class).path()).isEqualTo("/a");
    }
}
