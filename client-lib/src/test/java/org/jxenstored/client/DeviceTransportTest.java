package org.jxenstored.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.jxenstored.client.Background.result;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/** A pipe with a name stands in for the device: it gives back what was written, which looks like a reply. */
class DeviceTransportTest {
    @TempDir
    private Path directory;

    private Path pipe() throws Exception {
        Path pipe = directory.resolve("device");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no mkfifo here");
        return pipe;
    }

    @Test
    void requestsGoInAndRepliesComeOut() throws Exception {
        try (XenstoreClient client = XenstoreClient.connect(new Endpoint.Device(pipe()))) {
            assertThat(client.read("/a")).isEqualTo(Value.of("/a\0"));
            var first = client.async().read("/1");
            var second = client.async().read("/2");
            assertThat(result(first)).isEqualTo(Value.of("/1\0"));
            assertThat(result(second)).isEqualTo(Value.of("/2\0"));
        }
    }

    @Test
    void aWatchThatTheDriverRefusesDoesNotEndTheConnection() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "no device here that fails every write");
        Transport device = new DeviceTransport(full);
        ByteBuffer messages = ByteBuffer.allocate(100);
        Message.of(MessageType.WATCH, 7, 0, Value.of("bad//path\0t\0")).write(messages);
        int end = messages.position();
        Message.of(MessageType.READ, 8, 0, Value.of("/a\0")).write(messages);
        messages.flip();

        RequestRefusedException refusal =
                catchThrowableOfType(RequestRefusedException.class, () -> device.write(messages));
        assertThat(refusal.requestId()).isEqualTo(7);
        assertThat(messages.position()).isEqualTo(end);
        assertThatThrownBy(() -> device.write(messages)).isNotInstanceOf(RequestRefusedException.class);
        device.close();
    }

    @Test
    void aMissingDeviceIsToldAndNotCreated() {
        Path missing = directory.resolve("xenbus");
        assertThatThrownBy(() -> XenstoreClient.connect(new Endpoint.Device(missing)))
                .isInstanceOf(ConnectFailedException.class)
                .hasMessageContaining(missing + ": No such file or directory");
        assertThat(Files.exists(missing)).isFalse();
    }

    @Test
    void theFirstPlaceThatOpensIsUsed() throws Exception {
        Endpoint places = new Endpoint.FirstOf(
                java.util.List.of(new Endpoint.UnixSocket(directory.resolve("socket")), new Endpoint.Device(pipe())));
        try (XenstoreClient client = XenstoreClient.connect(places)) {
            assertThat(client.read("/a")).isEqualTo(Value.of("/a\0"));
        }
    }

    @Test
    void ifNoPlaceOpensAllReasonsAreTold() {
        Endpoint places = new Endpoint.FirstOf(java.util.List.of(
                new Endpoint.UnixSocket(directory.resolve("socket")),
                new Endpoint.Device(directory.resolve("xenbus"))));
        assertThatThrownBy(() -> XenstoreClient.connect(places))
                .isInstanceOf(ConnectFailedException.class)
                .hasMessageContainingAll("/socket", "/xenbus");
    }
}
