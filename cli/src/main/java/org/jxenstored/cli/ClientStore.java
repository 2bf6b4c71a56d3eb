package org.jxenstored.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jxenstored.client.Endpoint;
import org.jxenstored.client.Notification;
import org.jxenstored.client.Reconnection;
import org.jxenstored.client.WatchQueue;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Feature;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;

/** A {@link Store} behind the client library. */
final class ClientStore extends ClientNodes implements Store {
    /** At most 50 MB of paths, whatever a guest makes of its nodes (XSA-349). */
    private static final int EVENTS_MAX = 16 * 1024;

    private final XenstoreClient client;
    private @Nullable WatchQueue queue;

    private ClientStore(XenstoreClient client) {
        super(client);
        this.client = client;
    }

    /** Connects to this machine's server (clients.md section 4). */
    static Store open() throws StoreException {
        return open(Endpoint.standard());
    }

    /** Connects to any server. A tool ends with an error when the server goes, as users know it (C-LIB-13). */
    static Store open(Endpoint endpoint) throws StoreException {
        return new ClientStore(answerOf(() -> XenstoreClient.connect(endpoint, Reconnection.never())));
    }

    @Override
    public Transaction transaction() throws StoreException {
        return new ClientTransaction(answerOf(client::transaction));
    }

    /** Not the library's list, which is of legal domids: there are servers that keep and give others (-1). */
    @Override
    public List<Permission> permissions(String path) throws StoreException {
        Value payload = Arguments.join(path);
        Value reply = answerOf(() -> client.request(MessageType.GET_PERMS, 0, payload));
        List<Permission> permissions = new ArrayList<>();
        for (String entry : Arguments.all(reply)) {
            Optional<Permission> permission = PermissionText.ofServer(entry);
            if (permission.isEmpty()) {
                throw new StoreException(Errno.EINVAL.number(), "the server sent \"" + entry + "\"");
            }
            permissions.add(permission.get());
        }
        return permissions;
    }

    @Override
    public void watch(String path) throws StoreException {
        WatchQueue events = queue();
        doneBy(() -> events.watchWithToken(path, path));
    }

    /** Asks first, because a server that knows no depth may take the watch and report everything. */
    @Override
    public void watch(String path, int depth) throws StoreException {
        int features = answerOf(client::features);
        if (!Feature.WATCH_DEPTH.in(features)) {
            throw new StoreException(Errno.ENOSYS.number(), "the server knows no depth of watches; try without -d");
        }
        if (depth < 0) {
            throw new StoreException(Errno.EINVAL.number(), "the depth must be 0 or more, not " + depth);
        }
        WatchQueue events = queue();
        doneBy(() -> events.watchWithToken(path, path, depth));
    }

    @Override
    public String nextEvent() throws StoreException {
        try {
            return switch (queue().take()) {
                case Notification.Event event -> event.path();
                case Notification.Lost lost -> lost.watch().path();
                case Notification.ConnectionBroken broken ->
                    throw lost(broken.reason().reason());
                case Notification.Closed _, Notification.Reconnected _, Notification.Refused _ ->
                    throw lost("the connection was closed");
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw lost("waiting was interrupted");
        }
    }

    /**
     * Made when the first watch needs it. Equal events that wait in it are one (C-LIB-27); on overflow, which needs
     * a flood and an output that nobody reads, a watch's events become one for its path.
     */
    private WatchQueue queue() {
        if (queue == null) {
            queue = client.watchQueue(EVENTS_MAX);
        }
        return queue;
    }

    @Override
    public String control(List<String> words, Value bytes) throws StoreException {
        Value payload = Value.of(Arguments.join(words).text() + bytes.text());
        Value reply = answerOf(() -> client.request(MessageType.CONTROL, 0, payload));
        int nul = reply.indexOfNul(0);
        return reply.text(0, nul < 0 ? reply.size() : nul);
    }

    @Override
    public void close() {
        client.close();
    }

    private static final class ClientTransaction extends ClientNodes implements Transaction {
        private final org.jxenstored.client.Transaction transaction;

        ClientTransaction(org.jxenstored.client.Transaction transaction) {
            super(transaction);
            this.transaction = transaction;
        }

        @Override
        public boolean commit() throws StoreException {
            return answerOf(transaction::tryCommit);
        }

        @Override
        public void abort() throws StoreException {
            doneBy(transaction::abort);
        }
    }
}
