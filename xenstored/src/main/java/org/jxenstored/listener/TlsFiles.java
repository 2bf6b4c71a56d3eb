package org.jxenstored.listener;

import java.nio.file.Path;

/**
 * The PEM files of mutual TLS.
 *
 * @param certificate the daemon's certificate, followed by those that lead to its root
 * @param key the daemon's private key, PKCS#8, not encrypted
 * @param clientAuthority whoever holds a certificate signed with this one may connect
 */
public record TlsFiles(Path certificate, Path key, Path clientAuthority) {}
