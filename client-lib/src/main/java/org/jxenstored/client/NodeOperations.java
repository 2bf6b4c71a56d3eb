package org.jxenstored.client;

import java.util.List;
import java.util.Optional;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;

/**
 * What can be done with nodes, outside of a transaction or in one.
 *
 * <p>Paths go to the server as they are: absolute, or relative to the caller's home {@code
 * /local/domain/<domid>} (P-PATH-6). Text values are UTF-8; for exact bytes use {@link Value}.
 *
 * <p>Every method waits for the server's reply. It throws a {@link RequestFailedException} if the server
 * refused, a {@link ConnectionLostException} if no reply can come any more, and an {@link
 * InterruptedRequestException} if the thread was interrupted while it waited.
 */
public interface NodeOperations {

    /**
     * The value of a node, 0..4096 bytes.
     *
     * @throws NotFoundException if there is no such node
     */
    Value read(String path);

    /** The value of a node, empty if there is no such node. */
    Optional<Value> readIfPresent(String path);

    /** The value of a node as UTF-8 text; bytes that are not UTF-8 become U+FFFD. */
    String readText(String path);

    /** Writes a value. The node and all missing parents are created (P-WRITE-4). */
    void write(String path, Value value);

    /** Writes text as UTF-8. */
    void write(String path, String text);

    /** Creates a node with an empty value if it is missing, with all missing parents (P-MKDIR-4). */
    void mkdir(String path);

    /** Removes a node with all below it. A missing node below an existing parent is no error (P-RM-4). */
    void remove(String path);

    /**
     * Whether there is such a node. Special names such as {@code @releaseDomain} can be asked for as well.
     *
     * @throws AccessDeniedException if the caller may not know
     */
    boolean exists(String path);

    /**
     * Names of the children in the server's order, however many they are.
     *
     * <p>A list over 4096 bytes comes in parts (P-DIRP-9); if the node changes meanwhile, reading starts over.
     *
     * @throws ConflictException if the node changed during each of 100 attempts
     */
    List<String> directory(String path);

    /** The permission list; the first entry names the owner and what everybody else may do. */
    List<Permission> getPermissions(String path);

    /** Replaces the permission list. */
    void setPermissions(String path, List<Permission> permissions);

    /** As {@link #setPermissions(String, List)}. */
    default void setPermissions(String path, Permission... permissions) {
        setPermissions(path, List.of(permissions));
    }

    /**
     * A node with all below it, read level by level: one round trip for each level, not for each node.
     *
     * <p>Outside of a transaction the nodes are read one after the other, so concurrent changes show through;
     * nodes that disappear meanwhile are left out (C-LS-5).
     *
     * @throws NotFoundException if the node itself is missing
     */
    TreeNode tree(String path);

    /** As {@link #tree(String)}, with every node's permissions. */
    TreeNode treeWithPermissions(String path);

    /** The same operations without waiting. */
    AsyncOperations async();
}
