package org.jxenstored.client;

import java.util.List;
import java.util.Optional;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;

/** {@link NodeOperations} on one connection, for the client itself and for its transactions. */
abstract sealed class OperationsBase implements NodeOperations permits ConnectedClient, OpenTransaction {

    /**
     * How requests are sent now.
     *
     * @throws IllegalStateException if this is a transaction that has ended
     */
    abstract NodeRequests requests();

    @Override
    public Value read(String path) {
        return requests().send(MessageType.READ, path).payload();
    }

    @Override
    public Optional<Value> readIfPresent(String path) {
        return NodeRequests.valueIfPresent(requests().send(MessageType.READ, path));
    }

    @Override
    public String readText(String path) {
        return NodeRequests.utf8(requests().send(MessageType.READ, path));
    }

    @Override
    public void write(String path, Value value) {
        requests().sendWrite(path, value).payload();
    }

    @Override
    public void write(String path, String text) {
        write(path, Payloads.utf8(text));
    }

    @Override
    public void mkdir(String path) {
        requests().send(MessageType.MKDIR, path).payload();
    }

    @Override
    public void remove(String path) {
        requests().send(MessageType.RM, path).payload();
    }

    @Override
    public boolean exists(String path) {
        return NodeRequests.existence(requests().send(MessageType.GET_PERMS, path));
    }

    @Override
    public List<String> directory(String path) {
        NodeRequests requests = requests();
        return requests.directory(requests.send(MessageType.DIRECTORY, path));
    }

    @Override
    public List<Permission> getPermissions(String path) {
        return NodeRequests.permissions(requests().send(MessageType.GET_PERMS, path));
    }

    @Override
    public void setPermissions(String path, List<Permission> permissions) {
        requests().sendPermissions(path, permissions).payload();
    }

    @Override
    public TreeNode tree(String path) {
        return new TreeReader(requests(), path, false).read();
    }

    @Override
    public TreeNode treeWithPermissions(String path) {
        return new TreeReader(requests(), path, true).read();
    }

    @Override
    public AsyncOperations async() {
        return new AsyncView(this);
    }
}
