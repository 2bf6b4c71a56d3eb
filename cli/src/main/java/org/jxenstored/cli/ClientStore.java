package org.jxenstored.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.jxenstored.client.Notification;
import org.jxenstored.client.RequestFailedException;
import org.jxenstored.client.WatchQueue;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.client.XenstoreException;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/** A {@link Store} behind the client library. */
final class ClientStore extends ClientNodes implements Store {
    private final XenstoreClient client;
    private @Nullable WatchQueue events;

    private ClientStore(XenstoreClient client) {
        super(client);
        this.client = client;
    }

    /** Connects to this machine's server (clients.md section 4). */
    static Store open() throws StoreException {
        return new ClientStore(answerOf(XenstoreClient::connect));
    }

    @Override
    public Transaction transaction() throws StoreException {
        return new ClientTransaction(answerOf(client::transaction));
    }

    @Override
    public void watch(String path) throws StoreException {
        answerOf(() -> queue().watchWithToken(path, path));
    }

    @Override
    public void watch(String path, int depth) throws StoreException {
        answerOf(() -> queue().watchWithToken(path, path, depth));
    }

    private WatchQueue queue() {
        if (events == null) {
            events = client.watchQueue(Integer.MAX_VALUE);
        }
        return events;
    }
