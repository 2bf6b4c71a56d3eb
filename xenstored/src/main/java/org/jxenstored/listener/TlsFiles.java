package org.jxenstored.listener;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of mutual TLS, PEM but for the last one.
 *
 * @param certificate the daemon's certificate, followed by those that lead to its root
 * @param key the daemon's private key, PKCS#8, not encrypted
 * @param clientAuthority whoever holds a certificate signed with this one may connect
 * @param clients which of these certificates acts as which domain, and that all others are refused
 */
public record TlsFiles(Path certificate, Path key, Path clientAuthority, Optional<Path> clients) {
    /** All certificates of the authority are good for the same. */
    public TlsFiles(Path certificate, Path key, Path clientAuthority) {
        this(certificate, key, clientAuthority, Optional.empty());
    }
}
