package org.jxenstored.listener;

import io.netty.channel.Channel;
import java.util.OptionalInt;

/** Takes the connections that come in. */
@FunctionalInterface
public interface Accepted {
    /**
     * A client is connected. Called on the event loop thread.
     *
     * <p>Handlers that are added to the pipeline now are told {@code channelActive} next and get every byte
     * the client sends, decrypted if the address has TLS. A TLS client has proved who it is by then.
     *
     * @param channel open, with no handler of its own but that of TLS
     * @param domid the domain the connection acts as; empty: the daemon's own domain (P-CALL-3)
     */
    void accept(Channel channel, OptionalInt domid);
}
