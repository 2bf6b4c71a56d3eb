package org.jxenstored.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jxenstored.protocol.Permission;

/** {@code xenstore-chmod}: replaces permission lists (C-CHMOD-1 to C-CHMOD-7). */
final class ChmodTool implements NodeTool {
    /** Longest path of a descendant, in bytes, that is changed (C-CHMOD-6). */
    private static final int DESCENDANT_PATH_MAX = 255;

    @Override
    public boolean run(Nodes nodes, Invocation invocation, StringBuilder output, Console console) {
        String key = invocation.operands().getFirst();
        List<Permission> permissions = new ArrayList<>();
        for (String mode :
                invocation.operands().subList(1, invocation.operands().size())) {
            Optional<Permission> permission = PermissionText.ofUser(mode);
            if (permission.isEmpty()) {
                console.message("'" + mode + "' is no permission: it must be n, r, w or b and a domid");
                return false;
            }
            permissions.add(permission.get());
        }
        // An empty key always meant: there is nothing to do.
        return key.isEmpty() || new Run(nodes, permissions, console).change(key, invocation);
    }

    private record Run(Nodes nodes, List<Permission> permissions, Console console) {

        boolean change(String key, Invocation invocation) {
            return set(key)
                    && (!invocation.has(Option.UPTO) || setParents(key))
                    && (!invocation.has(Option.RECURSE) || setDescendants(key));
        }

        private boolean setParents(String key) {
            String path = key;
            while (true) {
                int slash = path.lastIndexOf('/');
                if (slash < 0) {
                    console.message("'" + path + "' has no parent to go up to; use an absolute path with -u");
                    return false;
                }
                path = path.substring(0, slash);
                if (path.isEmpty()) {
                    return true;
                }
                if (!set(path)) {
                    return false;
                }
            }
        }

        private boolean setDescendants(String path) {
            List<String> names;
            try {
                names = nodes.directory(path);
            } catch (StoreException e) {
                return true; // what cannot be listed, such as @releaseDomain, has no descendants to change
            }
            for (String name : names) {
                String child = ChildPath.of(path, name);
                if (child.length() > DESCENDANT_PATH_MAX) {
                    console.message("'" + child + "' is too long for -r, which ends at " + DESCENDANT_PATH_MAX
                            + " characters; start it further down");
                    return false;
                }
                if (!set(child) || !setDescendants(child)) {
                    return false;
                }
            }
            return true;
        }

        private boolean set(String path) {
            try {
                nodes.setPermissions(path, permissions);
                return true;
            } catch (StoreException e) {
                console.message("cannot set permissions of '" + path + "': " + e.reason());
                return false;
            }
        }
    }
}
