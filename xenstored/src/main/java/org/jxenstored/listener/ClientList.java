package org.jxenstored.listener;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jxenstored.protocol.Domid;

/**
 * Which certificate acts as which domain: the file that {@code tls-clients=} names.
 *
 * <p>A line is a domid, or {@code own} for the daemon's own domain, blanks, and a certificate: {@code sha256:} and its
 * fingerprint, or its subject (RFC 2253), which any certificate of the authority may carry. The first line that fits
 * counts. Empty lines and those that begin with {@code #} are skipped.
 *
 * @param entries in the order of the file
 */
record ClientList(List<Entry> entries) {
    static final String FINGERPRINT = "sha256:";

    private static final String OWN = "own";
    private static final int FINGERPRINT_DIGITS = 64;
    private static final long MAX_BYTES = 1 << 20;
    private static final Set<PosixFilePermission> OTHERS_CHANGE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    ClientList {
        entries = List.copyOf(entries);
    }

    /**
     * One line.
     *
     * @param who whose certificate
     * @param domid the domain it acts as; empty: the daemon's own domain (P-CALL-3)
     */
    record Entry(Who who, OptionalInt domid) {}

    /** What a line says about a certificate. */
    sealed interface Who {
        boolean is(X509Certificate certificate);

        /**
         * One certificate.
         *
         * @param hex small digits, without colons
         */
        record Fingerprint(String hex) implements Who {
            @Override
            public boolean is(X509Certificate certificate) {
                return hex.equals(fingerprint(certificate));
            }
        }

        /** All certificates with this subject. */
        record Subject(X500Principal name) implements Who {
            @Override
            public boolean is(X509Certificate certificate) {
                return name.equals(certificate.getSubjectX500Principal());
            }
        }
    }

    /**
     * Reads the file.
     *
     * @throws IOException with a message for people: which file, which line, what would be right
     */
    static ClientList read(Path file) throws IOException {
        List<Entry> entries = new ArrayList<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                int number = i + 1;
                entries.add(entry(line)
                        .orElseThrow(() -> new IOException("line " + number + " of " + file
                                + ": give a domid or \"own\", and sha256:FINGERPRINT or a subject such as CN=name")));
            }
        }
        return new ClientList(entries);
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            if (!Collections.disjoint(Files.getPosixFilePermissions(file), OTHERS_CHANGE)) {
                throw new IOException("others can change " + file + ", and so who may come in; chmod go-w " + file);
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
            }
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        } catch (MalformedInputException e) {
            throw new IOException(file + " is no text in UTF-8", e);
        }
    }

    private static Optional<Entry> entry(String line) {
        String[] words = line.split("\\s+", 2);
        if (words.length < 2) {
            return Optional.empty();
        }
        Optional<OptionalInt> domid = words[0].equals(OWN)
                ? Optional.of(OptionalInt.empty())
                : Domid.parse(words[0]).stream()
                        .filter(Domid::isOrdinary)
                        .mapToObj(OptionalInt::of)
                        .findFirst();
        return domid.flatMap(known -> who(words[1]).map(who -> new Entry(who, known)));
    }

    private static Optional<Who> who(String text) {
        if (text.startsWith(FINGERPRINT)) {
            String hex = text.substring(FINGERPRINT.length()).replace(":", "").toLowerCase(Locale.ROOT);
            return hex.length() == FINGERPRINT_DIGITS && hex.chars().allMatch(c -> Character.digit(c, 16) >= 0)
                    ? Optional.of(new Who.Fingerprint(hex))
                    : Optional.empty();
        }
        try {
            return Optional.of(new Who.Subject(new X500Principal(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The line that a certificate is in. */
    Optional<Entry> find(X509Certificate certificate) {
        return entries.stream().filter(entry -> entry.who().is(certificate)).findFirst();
    }

    /** SHA-256 of the certificate, in small hexadecimal digits. */
    static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was verified has no fingerprint", e);
        }
    }
}
