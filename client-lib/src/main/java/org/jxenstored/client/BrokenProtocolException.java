package org.jxenstored.client;

import java.io.IOException;

/** What the server sent is not the protocol: another connection to it would not be better. */
final class BrokenProtocolException extends IOException {
    BrokenProtocolException(String problem) {
        super(problem);
    }
}
