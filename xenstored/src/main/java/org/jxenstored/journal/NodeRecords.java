package org.jxenstored.journal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Permissions;

/** Makes a tree of the nodes of a migration stream, which come as {@link NodeWriter} writes them. */
final class NodeRecords {
    private final TreeReplay tree;
    private final List<String> place = new ArrayList<>();
    private Permissions releaseDomain = Permissions.ownedBy(0);

    NodeRecords(TreeReplay tree) {
        this.tree = tree;
    }

    /** NODE_DATA. */
    void node(RecordReader from) throws DamagedException {
        int connection = from.anyInt();
        int transaction = from.anyInt();
        if (connection != 0 || transaction != 0) {
            // It is not committed, and no transaction outlives its daemon (S-LU-9).
            return;
        }
        int pathLength = from.anyShort();
        int valueLength = from.anyShort();
        from.anyShort();
        Permissions permissions = from.permissions(from.anyShort());
        String path = from.text(pathLength);
        Value value = from.value(valueLength);
        switch (path) {
            case "@releaseDomain" -> releaseDomain = permissions;
            case "@introduceDomain" -> tree.setSpecial(permissions, releaseDomain);
            default -> {
                goTo(path);
                tree.set(value, permissions);
            }
        }
    }

    /** From the node that was read last to this one: up, and down. */
    private void goTo(String path) throws DamagedException {
        if (!path.startsWith("/")) {
            throw new DamagedException("a node has the path " + path);
        }
        String[] names = path.equals("/") ? new String[0] : path.substring(1).split("/", -1);
        int common = 0;
        while (common < Math.min(names.length, place.size()) && names[common].equals(place.get(common))) {
            common++;
        }
        while (place.size() > common) {
            tree.up();
            place.removeLast();
        }
        for (String name : Arrays.asList(names).subList(common, names.length)) {
            tree.down(name);
            place.add(name);
        }
    }
}
