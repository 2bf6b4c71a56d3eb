package org.jxenstored.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.protocol.MessageType;

/** A short life of a guest at any daemon that runs on the machine of files. */
public final class GuestSession {
    private static final int DOMID = 7;
    private static final String HOME = "/local/domain/" + DOMID;

    /** More than a ring holds at once. */
    private static final String BIG_VALUE = "v".repeat(1500);

    private static final int DEPTH = 16;

    private GuestSession() {}

    /** Lives it. */
    public static void live(Path socket, Path machine) throws IOException {
        try (Wire refused = Wire.connect(socket)) {
            assertThatThrownBy(() -> refused.call(Request.introduce(DOMID, 1, 5)))
                    .hasMessageContaining("EINVAL");
        }
        try (Wire toolstack = Wire.connect(socket)) {
            try (Wire guest = Wire.over(connect(machine, DOMID, toolstack))) {
                toolstack.call(Request.mkdir(HOME));
                toolstack.call(Request.setPermissions(HOME, "n" + DOMID));
                assertThat(introduced(toolstack)).isTrue();
                exchange(guest, toolstack);
                sendsAWholePipeline(guest);
            }
            await().until(() -> !introduced(toolstack));
        }
    }

    /** A guest that this toolstack introduces. */
    static RingGuest connect(Path machine, int domid, Wire toolstack) throws IOException {
        return RingGuest.connect(
                machine, domid, (guest, gfn, port) -> toolstack.call(Request.introduce(guest, gfn, port)));
    }

    private static boolean introduced(Wire toolstack) throws IOException {
        byte[] answer = toolstack.call(Request.any(MessageType.IS_DOMAIN_INTRODUCED, Integer.toString(DOMID)));
        return new String(answer, StandardCharsets.ISO_8859_1).equals("T\0");
    }

    private static void exchange(Wire guest, Wire toolstack) throws IOException {
        guest.call(Request.write("data/x", "hello"));
        toolstack.call(Request.read(HOME + "/data/x", "hello"));
        guest.call(Request.write("data/big", BIG_VALUE));
        guest.call(Request.read("data/big", BIG_VALUE));
    }

    /** The answers are many times what the ring holds, so both sides wait for room again and again. */
    private static void sendsAWholePipeline(Wire guest) throws IOException {
        for (int i = 0; i < DEPTH; i++) {
            guest.post(Request.read("data/big", BIG_VALUE));
        }
        guest.flush();
        int answered = 0;
        while (guest.outstanding() > 0) {
            answered += guest.receive((_, _, _, _, _) -> {});
        }
        assertThat(answered).isEqualTo(DEPTH);
    }
}
