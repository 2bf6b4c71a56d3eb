package org.jxenstored.cli;

import java.util.List;
import java.util.function.Supplier;
import org.jxenstored.client.NodeOperations;
import org.jxenstored.client.RequestFailedException;
import org.jxenstored.client.XenstoreException;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;

/** {@link Nodes} behind the client library. */
class ClientNodes implements Nodes {
    /** EBADF: what a program of old got from a connection that was gone. */
    private static final int LOST = 9;

    private final NodeOperations operations;

    ClientNodes(NodeOperations operations) {
        this.operations = operations;
    }

    @Override
    public final Value read(String path) throws StoreException {
        return answerOf(() -> operations.read(path));
    }

    @Override
    public final void write(String path, Value value) throws StoreException {
        doneBy(() -> operations.write(path, value));
    }

    @Override
    public final void remove(String path) throws StoreException {
        doneBy(() -> operations.remove(path));
    }

    @Override
    public final List<String> directory(String path) throws StoreException {
        return answerOf(() -> operations.directory(path));
    }

    @Override
    public final void setPermissions(String path, List<Permission> permissions) throws StoreException {
        doneBy(() -> operations.setPermissions(path, permissions));
    }

    static void doneBy(Runnable request) throws StoreException {
        try {
            request.run();
        } catch (XenstoreException e) {
            throw failureOf(e);
        }
    }

    static <T> T answerOf(Supplier<T> request) throws StoreException {
        try {
            return request.get();
        } catch (XenstoreException e) {
            throw failureOf(e);
        }
    }

    static StoreException lost(String reason) {
        return new StoreException(LOST, reason);
    }

    private static StoreException failureOf(XenstoreException e) {
        String reason = String.valueOf(e.getMessage());
        return e instanceof RequestFailedException failed
                ? new StoreException(failed.errno().number(), reason)
                : lost(reason);
    }
}
