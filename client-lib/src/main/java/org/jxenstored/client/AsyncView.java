package org.jxenstored.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;

/** {@link AsyncOperations}: sends in the caller's thread, makes sense of the reply on a virtual one. */
final class AsyncView implements AsyncOperations {
    private final OperationsBase owner;

    AsyncView(OperationsBase owner) {
        this.owner = owner;
    }

    private static <T> CompletableFuture<T> later(Sent sent, Function<Sent, T> result) {
        CompletableFuture<T> future = new CompletableFuture<>();
        sent.reply().whenComplete(() -> {
            try {
                future.complete(result.apply(sent));
            } catch (XenstoreException | IllegalArgumentException failure) {
                future.completeExceptionally(failure);
            }
        });
        return future;
    }

    private static CompletableFuture<Void> done(Sent sent) {
        return later(sent, AsyncView::nothing);
    }

    @SuppressWarnings("NullAway") // Void has no other value.
    private static Void nothing(Sent sent) {
        sent.payload();
        return null;
    }

    @Override
    public CompletableFuture<Value> read(String path) {
        return later(owner.requests().send(MessageType.READ, path), Sent::payload);
    }

    @Override
    public CompletableFuture<Optional<Value>> readIfPresent(String path) {
        return later(owner.requests().send(MessageType.READ, path), NodeRequests::valueIfPresent);
    }

    @Override
    public CompletableFuture<String> readText(String path) {
        return later(owner.requests().send(MessageType.READ, path), NodeRequests::utf8);
    }

    @Override
    public CompletableFuture<Void> write(String path, Value value) {
        return done(owner.requests().sendWrite(path, value));
    }

    @Override
    public CompletableFuture<Void> write(String path, String text) {
        return write(path, Payloads.utf8(text));
    }

    @Override
    public CompletableFuture<Void> mkdir(String path) {
        return done(owner.requests().send(MessageType.MKDIR, path));
    }

    @Override
    public CompletableFuture<Void> remove(String path) {
        return done(owner.requests().send(MessageType.RM, path));
    }

    @Override
    public CompletableFuture<Boolean> exists(String path) {
        return later(owner.requests().send(MessageType.GET_PERMS, path), NodeRequests::existence);
    }

    @Override
    public CompletableFuture<List<String>> directory(String path) {
        NodeRequests requests = owner.requests();
        return later(requests.send(MessageType.DIRECTORY, path), requests::directory);
    }

    @Override
    public CompletableFuture<List<Permission>> getPermissions(String path) {
        return later(owner.requests().send(MessageType.GET_PERMS, path), NodeRequests::permissions);
    }

    @Override
    public CompletableFuture<Void> setPermissions(String path, List<Permission> permissions) {
        return done(owner.requests().sendPermissions(path, permissions));
    }

    @Override
    public CompletableFuture<TreeNode> tree(String path) {
        TreeReader reader = new TreeReader(owner.requests(), path, false);
        return later(reader.first(), first -> reader.read());
    }

    @Override
    public CompletableFuture<TreeNode> treeWithPermissions(String path) {
        TreeReader reader = new TreeReader(owner.requests(), path, true);
        return later(reader.first(), first -> reader.read());
    }

    @Override
    public CompletableFuture<Value> request(MessageType type, Value payload) {
        return later(owner.requests().send(type, "", payload), Sent::payload);
    }
}
