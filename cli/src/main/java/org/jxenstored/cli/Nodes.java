package org.jxenstored.cli;

import java.util.List;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;

/** What the tools do with nodes, in a transaction or outside. Keys are sent as they were typed (C-READ-5). */
interface Nodes {
    Value read(String path) throws StoreException;

    void write(String path, Value value) throws StoreException;

    void remove(String path) throws StoreException;

    /** Names of the children in the server's order, however many (C-LS-8). */
    List<String> directory(String path) throws StoreException;

    void setPermissions(String path, List<Permission> permissions) throws StoreException;
}
