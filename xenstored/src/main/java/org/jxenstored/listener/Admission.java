package org.jxenstored.listener;

import io.netty.channel.Channel;
import java.util.OptionalInt;

/** Decides whether a client may come in, and as whom. */
@FunctionalInterface
interface Admission {
    /** Looks at a client that is connected, and has proved who it is where TLS is spoken; on the event loop thread. */
    Verdict judge(Channel client);

    /** What becomes of a client. */
    sealed interface Verdict {
        /**
         * It is served.
         *
         * @param domid the domain it acts as; empty: the daemon's own domain (P-CALL-3)
         * @param who whose connections are counted together; {@link ConnectionLimit#TRUSTED} if they are not
         */
        record Admitted(OptionalInt domid, String who) implements Verdict {}

        /**
         * Its connection is closed.
         *
         * @param why for people: who it is, why it is not let in, and what would let it in
         */
        record Refused(String why) implements Verdict {}
    }
}
