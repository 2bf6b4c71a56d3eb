package org.jxenstored.client;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Ends things of which nobody needs to know whether they ended well. */
final class Closing {
    private Closing() {}

    static void quietly(@Nullable Closeable thing) {
        try {
            if (thing != null) {
                thing.close();
            }
        } catch (IOException nothingIsLeftToSave) {
            return;
        }
    }
}
