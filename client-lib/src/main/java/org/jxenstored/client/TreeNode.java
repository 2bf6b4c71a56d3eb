package org.jxenstored.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;

/**
 * A node with all below it, as {@link NodeOperations#tree} found it.
 *
 * @param path as it would be asked for: the path given to {@code tree}, with the names below appended
 * @param value empty if the caller may not read it
 * @param permissions empty if not asked for, or if the caller may not read them
 * @param children in the server's order
 */
public record TreeNode(String path, Optional<Value> value, List<Permission> permissions, List<TreeNode> children) {

    public TreeNode {
        permissions = List.copyOf(permissions);
        children = List.copyOf(children);
    }

    /** The last name of the path; the root has none and gives the empty text. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The value as UTF-8 text; empty text if the caller may not read it. */
    public String text() {
        return value.map(bytes -> new String(bytes.toByteArray(), StandardCharsets.UTF_8))
                .orElse("");
    }

    /** The child of this name. */
    public Optional<TreeNode> child(String name) {
        for (TreeNode child : children) {
            if (child.name().equals(name)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }
}
