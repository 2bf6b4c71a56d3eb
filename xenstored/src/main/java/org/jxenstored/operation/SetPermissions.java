package org.jxenstored.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jxenstored.operation.Gate.Passage;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Feature;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Grant;
import org.jxenstored.store.Node;
import org.jxenstored.store.Permissions;
import org.jxenstored.transaction.Answer;
import org.jxenstored.transaction.Draft;

/** SET_PERMS: another permission list for a node (P-SPERM). */
public enum SetPermissions implements StoreOperation {
    INSTANCE;

    @Override
    public Answer run(Draft draft, Caller caller, Value payload) {
        List<String> arguments = Arguments.all(payload);
        if (arguments.size() < 2) {
            return Answer.Failed.with(Errno.EINVAL);
        }
        if (!caller.allowance().permitsPermissions(arguments.size() - 1)) {
            return Answer.Failed.with(Errno.ENOSPC);
        }
        List<Permission> wanted = permissions(arguments);
        if (wanted.size() != arguments.size() - 1) {
            return Answer.Failed.with(Errno.EINVAL);
        }
        int owner = wanted.getFirst().domid();
        if (owner == Domid.ANY && caller.subject().privileged()) {
            return Answer.Failed.with(Errno.EINVAL);
        }
        if (owner != Domid.ANY && !caller.directory().learn(owner)) {
            return Answer.Failed.with(Errno.ENOENT);
        }
        NodePath path = caller.path(payload, 0, payload.indexOfNul(0));
        if (path == null) {
            return Answer.Failed.with(Errno.EINVAL);
        }
        return switch (Gate.pass(draft, path, Gate.OWN, caller)) {
            case Passage.Open(Node node) -> set(draft, caller, path, node, wanted);
            case Passage.Absent _ -> Answer.Failed.with(Errno.ENOENT);
            case Passage.Closed closed -> Answer.Failed.with(closed.errno());
        };
    }

    /** The entries of a SET_PERMS payload up to the first malformed one. */
    public static List<Permission> permissions(Value payload) {
        return permissions(Arguments.all(payload));
    }

    private static List<Permission> permissions(List<String> arguments) {
        List<Permission> permissions = new ArrayList<>(arguments.size());
        for (int i = 1; i < arguments.size(); i++) {
            Optional<Permission> permission = Permission.parse(arguments.get(i));
            if (permission.isEmpty()) {
                break;
            }
            permissions.add(permission.get());
        }
        return permissions;
    }

    private static Answer set(Draft draft, Caller caller, NodePath path, Node node, List<Permission> wanted) {
        boolean newOwner = wanted.getFirst().domid() != node.owner();
        if (newOwner && !caller.subject().privileged()) {
            return Answer.Failed.with(Errno.EPERM);
        }
        Permissions permissions = resolve(caller, wanted);
        Node changed = node.withPermissions(permissions, node.generation());
        int more = changed.size() - node.size();
        if (more > 0 && !caller.allowance().permitsNodeSize(changed.size())) {
            return Answer.Failed.fatally(Errno.ENOSPC);
        }
        if (more > 0 && !caller.allowance().permitsMemory(node.owner(), more)) {
            return Answer.Failed.fatally(Errno.EIO);
        }
        draft.setPermissions(path, node, permissions);
        return new Answer.Granted(wanted.stream()
                .map(permission -> caller.directory().serial(permission.domid()))
                .toList());
    }

    /** Entries for domains that are not there are stale from the start (S-PERM-6a, S-PERM-9). */
    private static Permissions resolve(Caller caller, List<Permission> wanted) {
        List<Grant> grants = new ArrayList<>(wanted.size());
        grants.add(Grant.of(wanted.getFirst()));
        for (Permission permission : wanted.subList(1, wanted.size())) {
            boolean meansSomebody = permission.domid() == Domid.ANY
                    ? Feature.ANY_DOMAIN_PERMISSION.in(caller.features())
                    : caller.directory().learn(permission.domid());
            grants.add(new Grant(permission, !meansSomebody));
        }
        return Permissions.of(grants);
    }
}
