package org.jxenstored.listener;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS 1.3 in which the client, too, shows a certificate. */
final class MutualTls {
    private static final Logger log = LoggerFactory.getLogger(MutualTls.class);
    private static final Set<PosixFilePermission> OTHERS_READ =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private MutualTls() {}

    /**
     * @throws ListenException naming the file that is missing or not what it should be
     */
    static SslContext context(TlsFiles files) throws ListenException {
        for (Path file : new Path[] {files.certificate(), files.key(), files.clientAuthority()}) {
            if (!Files.isReadable(file)) {
                throw new ListenException("cannot read " + file + ", which --listen names for TLS");
            }
        }
        refuseBadList(files);
        warnIfOthersRead(files.key());
        SslContextBuilder builder;
        try {
            builder = SslContextBuilder.forServer(
                    files.certificate().toFile(), files.key().toFile());
        } catch (IllegalArgumentException e) {
            throw new ListenException(
                    "no usable TLS certificate in " + files.certificate() + " or key in " + files.key()
                            + "; both must be PEM, the key PKCS#8 without a password",
                    e);
        }
        try {
            return builder.trustManager(files.clientAuthority().toFile())
                    .clientAuth(ClientAuth.REQUIRE)
                    .protocols("TLSv1.3")
                    .sslProvider(SslProvider.JDK)
                    .build();
        } catch (IllegalArgumentException | SSLException e) {
            throw new ListenException(
                    "no usable TLS certificates in " + files.clientAuthority() + " (tls-ca); it must be PEM", e);
        }
    }

    private static void refuseBadList(TlsFiles files) throws ListenException {
        if (files.clients().isPresent()) {
            try {
                var _ = ClientList.read(files.clients().get());
            } catch (IOException e) {
                throw new ListenException("tls-clients: " + e.getMessage(), e);
            }
        }
    }

    private static void warnIfOthersRead(Path key) {
        try {
            if (!Collections.disjoint(Files.getPosixFilePermissions(key), OTHERS_READ)) {
                log.warn("others can read the private key {}; chmod go= {}", key, key);
            }
        } catch (IOException e) {
            log.warn("cannot tell who can read the private key {}", key);
        }
    }
}
