package org.jxenstored.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The kernel of a store that runs in a domain of its own, as it is sent to that domain: unpacked (C-CTL-7). */
final class KernelFile {
    private static final String GZIP = "\u001f\u008b";

    /** How files start that are packed with xz, bzip2 and zstd, which Java cannot unpack. */
    private static final List<String> OTHER_PACKERS = List.of("\u00fd7zXZ", "BZh", "(\u00b5/\u00fd");

    private KernelFile() {}

    /** The file cannot be sent; the reason says why and what to do. */
    static final class UnusableException extends Exception {
        private final String reason;

        UnusableException(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /** The file's bytes, gunzipped where needed. */
    static byte[] read(String file) throws UnusableException {
        byte[] bytes;
        try (FileInputStream in = new FileInputStream(file)) {
            bytes = in.readAllBytes();
            if (startsWith(bytes, GZIP)) {
                bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
            }
        } catch (IOException e) {
            throw new UnusableException("cannot read " + file + ": " + e.getMessage());
        }
        if (bytes.length == 0) {
            throw new UnusableException(file + " is empty");
        }
        for (String magic : OTHER_PACKERS) {
            if (startsWith(bytes, magic)) {
                throw new UnusableException(file + " is packed with something else than gzip; unpack it first");
            }
        }
        return bytes;
    }

    private static boolean startsWith(byte[] bytes, String magic) {
        return bytes.length >= magic.length() && new String(bytes, 0, magic.length(), ISO_8859_1).equals(magic);
    }
}
