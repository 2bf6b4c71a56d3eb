package org.jxenstored.client;

import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.Value;

/** One registration: where its events go and which events are its own. */
final class RegisteredWatch implements Watch {
    /** Stands for a watch without a depth. */
    static final int WITHOUT_DEPTH = -1;

    private final String path;
    private final String token;
    private final int depth;
    private final BoundedWatchQueue queue;
    private volatile @Nullable PendingReply registration;

    RegisteredWatch(String path, String token, int depth, BoundedWatchQueue queue) {
        this.path = path;
        this.token = token;
        this.depth = depth;
        this.queue = queue;
    }

    /** What registers it. */
    Value payload() {
        return Payloads.watch(path, token, depth);
    }

    void registeredBy(PendingReply request) {
        registration = request;
    }

    /** True once the server has confirmed it; until then its own request is still on its way. */
    boolean isConfirmed() {
        PendingReply request = registration;
        return request != null && request.reply() instanceof Reply.Success;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String token() {
        return token;
    }

    BoundedWatchQueue queue() {
        return queue;
    }

    /** Whether the server could mean this watch with an event of its token (S-MATCH-1, S-MATCH-3, S-SPEC-3). */
    boolean covers(String eventPath) {
        int length = path.length();
        return eventPath.startsWith(path)
                && (eventPath.length() == length || length == 1 || eventPath.charAt(length) == '/');
    }

    @Override
    public void close() {
        queue.unregister(this);
    }

    @Override
    public String toString() {
        return "watch of " + path + " with token " + token;
    }
}
