package org.jxenstored.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;

/**
 * {@link NodeOperations} without waiting: many requests can be on their way on one connection.
 *
 * <p>The server serves requests in the order of the calls. A failure completes the future with the
 * exception that the blocking call would throw. Futures are completed on a virtual thread of their own, so
 * what is chained to them may block. Cancelling a future does not recall the request. A call waits only
 * while the server takes no more bytes.
 */
public interface AsyncOperations {
    CompletableFuture<Value> read(String path);

    CompletableFuture<Optional<Value>> readIfPresent(String path);

    CompletableFuture<String> readText(String path);

    CompletableFuture<Void> write(String path, Value value);

    CompletableFuture<Void> write(String path, String text);

    CompletableFuture<Void> mkdir(String path);

    CompletableFuture<Void> remove(String path);

    CompletableFuture<Boolean> exists(String path);

    CompletableFuture<List<String>> directory(String path);

    CompletableFuture<List<Permission>> getPermissions(String path);

    CompletableFuture<Void> setPermissions(String path, List<Permission> permissions);

    CompletableFuture<TreeNode> tree(String path);

    CompletableFuture<TreeNode> treeWithPermissions(String path);

    /** Any request, in this view's transaction; gives the payload of the reply. */
    CompletableFuture<Value> request(MessageType type, Value payload);
}
