package org.jxenstored.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** The kernel of a store that runs in a domain of its own, as it is sent to that domain: unpacked (C-CTL-7). */
final class KernelFile {
    private KernelFile() {}

    /** The file cannot be sent; the message says why and what to do. */
    static final class UnusableException extends Exception {
        UnusableException(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /** The file's bytes, gunzipped where needed. */
    static byte[] read(String file) throws UnusableException {
        byte[] bytes;
        try (FileInputStream in = new FileInputStream(file)) {
            bytes = in.readAllBytes();
            if (startsWith(bytes, "\u001f\u008b")) {
                bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
            }
        } catch (IOException e) {
            throw new UnusableException("cannot read " + file + ": " + e.getMessage());
        }
        if (bytes.length == 0) {
            throw new UnusableException(file + " is empty");
        }
        if (startsWith(bytes, "\u00fd7zXZ") || startsWith(bytes, "BZh") || startsWith(bytes, "\u0028\u00b5\u002f\u00fd")) {
            throw new UnusableException(file + " is packed with something else than gzip; unpack it first");
        }
        return bytes;
    }

    private static boolean startsWith(byte[] bytes, String magic) {
        return bytes.length >= magic.length()
                && new String(bytes, 0, magic.length(), ISO_8859_1).equals(magic);
    }
}
