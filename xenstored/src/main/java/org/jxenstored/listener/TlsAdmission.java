package org.jxenstored.listener;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.OptionalInt;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Lets TLS clients in as the domain that the list of clients gives to their certificate, and nobody else.
 *
 * <p>The list is read anew for each connection, so that a line that was added or taken away counts from the next one on,
 * without another start.
 */
final class TlsAdmission implements Admission {
    private final Path list;

    TlsAdmission(Path list) {
        this.list = list;
    }

    @Override
    public Verdict judge(Channel client) {
        try {
            SslHandler tls = client.pipeline().get(SslHandler.class);
            @Nullable Certificate[] shown = tls.engine().getSession().getPeerCertificates();
            if (shown.length == 0 || !(shown[0] instanceof X509Certificate certificate)) {
                return new Verdict.Refused(client.remoteAddress() + " has no X.509 certificate");
            }
            return ClientList.read(list)
                    .find(certificate)
                    .map(entry -> (Verdict) new Verdict.Admitted(entry.domid(), name(certificate)))
                    .orElseGet(() -> stranger(client, certificate));
        } catch (SSLPeerUnverifiedException e) {
            return new Verdict.Refused(client.remoteAddress() + " has shown no certificate");
        } catch (IOException e) {
            return new Verdict.Refused(client.remoteAddress() + " cannot be looked up: " + e.getMessage());
        }
    }

    private Verdict stranger(Channel client, X509Certificate certificate) {
        return new Verdict.Refused(client.remoteAddress() + " with the certificate of "
                + certificate.getSubjectX500Principal().getName() + " is in no line of " + list + "; \"DOMID "
                + ClientList.FINGERPRINT + ClientList.fingerprint(certificate) + "\" would let it in");
    }

    private static String name(X509Certificate certificate) {
        return "the certificate of " + certificate.getSubjectX500Principal().getName() + " (" + ClientList.FINGERPRINT
                + ClientList.fingerprint(certificate) + ")";
    }

    /**
     * Lets in whoever the certificate authority vouches for, as one domain.
     *
     * @param tls false on a port without certificates, where the listener counts by address only
     */
    static Admission everybodyAs(OptionalInt domid, boolean tls) {
        return client -> new Verdict.Admitted(domid, tls ? shownBy(client) : ConnectionLimit.TRUSTED);
    }

    private static String shownBy(Channel client) {
        try {
            @Nullable
            Certificate[] shown = client.pipeline()
                    .get(SslHandler.class)
                    .engine()
                    .getSession()
                    .getPeerCertificates();
            return shown.length > 0 && shown[0] instanceof X509Certificate certificate ? name(certificate) : "nobody";
        } catch (SSLPeerUnverifiedException e) {
            return "nobody";
        }
    }
}
