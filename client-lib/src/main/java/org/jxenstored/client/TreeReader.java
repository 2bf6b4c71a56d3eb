package org.jxenstored.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;

/** Reads a subtree with all requests of one level on their way together. */
final class TreeReader {
    private final NodeRequests requests;
    private final boolean withPermissions;
    private final Visit top;

    /** Sends the requests for the top node. */
    TreeReader(NodeRequests requests, String path, boolean withPermissions) {
        this.requests = requests;
        this.withPermissions = withPermissions;
        this.top = new Visit(path);
        requests.flush();
    }

    /** The reply that the rest waits for. */
    Sent first() {
        return top.value;
    }

    /** Waits for the top node and reads the rest. */
    TreeNode read() {
        if (top.isGone()) {
            throw top.value.exception(Errno.ENOENT);
        }
        List<List<Visit>> levels = new ArrayList<>();
        for (List<Visit> level = List.of(top); !level.isEmpty(); level = below(level)) {
            levels.add(level);
        }
        for (List<Visit> level : levels.reversed()) {
            level.forEach(Visit::finish);
        }
        return top.finished();
    }

    private List<Visit> below(List<Visit> level) {
        List<Visit> next = new ArrayList<>();
        for (Visit visit : level) {
            visit.visitChildren(next);
        }
        requests.flush();
        return next;
    }

    /** One node, from its requests to its result. */
    private final class Visit {
        private final String path;
        private final Sent value;
        private final Sent directory;
        private final @Nullable Sent permissions;
        private final List<Visit> children = new ArrayList<>();
        private @Nullable TreeNode node;

        Visit(String path) {
            this.path = path;
            this.value = requests.enqueue(MessageType.READ, path);
            this.directory = requests.enqueue(MessageType.DIRECTORY, path);
            this.permissions = withPermissions ? requests.enqueue(MessageType.GET_PERMS, path) : null;
        }

        boolean isGone() {
            return value.await() instanceof Reply.Failure(Errno errno) && errno == Errno.ENOENT;
        }

        void visitChildren(List<Visit> next) {
            String prefix = path.equals("/") ? path : path + '/';
            for (String name : names()) {
                children.add(new Visit(prefix + name));
            }
            next.addAll(children);
        }

        private List<String> names() {
            return isHiddenFromUs(directory) ? List.of() : requests.directory(directory);
        }

        /** Needs the children finished. */
        void finish() {
            if (isGone()) {
                return;
            }
            List<TreeNode> nodes = new ArrayList<>(children.size());
            for (Visit child : children) {
                if (child.node != null) {
                    nodes.add(child.node);
                }
            }
            node = new TreeNode(path, valueIfAllowed(), permissionsIfAllowed(), nodes);
        }

        private Optional<Value> valueIfAllowed() {
            return isHiddenFromUs(value) ? Optional.empty() : Optional.of(value.payload());
        }

        private List<Permission> permissionsIfAllowed() {
            Sent asked = permissions;
            return asked == null || isHiddenFromUs(asked) ? List.of() : NodeRequests.permissions(asked);
        }

        /** Not allowed, or removed since the first look. */
        private static boolean isHiddenFromUs(Sent sent) {
            return sent.await() instanceof Reply.Failure(Errno errno)
                    && (errno == Errno.EACCES || errno == Errno.ENOENT);
        }

        TreeNode finished() {
            TreeNode finished = node;
            if (finished == null) {
                throw value.exception(Errno.ENOENT);
            }
            return finished;
        }
    }
}
