package org.jxenstored.client;

/** One registration: where its events go and which events are its own. */
final class RegisteredWatch implements Watch {
    /** Stands for a watch without a depth. */
    static final int WITHOUT_DEPTH = -1;

    private final String path;
    private final String token;
    private final BoundedWatchQueue queue;

    RegisteredWatch(String path, String token, BoundedWatchQueue queue) {
        this.path = path;
        this.token = token;
        this.queue = queue;
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
