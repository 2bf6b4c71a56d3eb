package org.jxenstored.benchmarks.differential;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jxenstored.protocol.MessageType;

/** Looks at a whole store, and makes it as it was in the beginning. */
final class StoreReset {
    private static final List<String> SPECIAL = List.of("@introduceDomain", "@releaseDomain");

    private final Line admin;

    /** The permissions that special names had in the beginning, as SET_PERMS wants them; not there if they had none. */
    private final Map<String, String> specialPermissions = new TreeMap<>();

    StoreReset(Line admin) throws IOException {
        this.admin = admin;
        for (String name : SPECIAL) {
            Answer permissions = admin.call(MessageType.GET_PERMS, name + "\0");
            if (permissions.isOk()) {
                specialPermissions.put(name, permissions.payload());
            }
        }
    }

    /** One that is the target of another is released with it in C (P-REL-6), so all are asked until none is left. */
    void releaseDomains() throws IOException {
        List<Integer> domids = List.of(Who.G1.domid(), Who.G2.domid(), Host.NEWBORN);
        ok(MessageType.SET_PERMS, "/\0n0\0");
        for (int attempt = 0; attempt < domids.size(); attempt++) {
            for (int domid : domids) {
                Answer _ = admin.call(MessageType.RELEASE, domid + "\0");
            }
        }
        for (int domid : domids) {
            awaitReleased(domid);
        }
    }

    void awaitReleased(int domid) throws IOException {
        while (!admin.call(MessageType.IS_DOMAIN_INTRODUCED, domid + "\0")
                .payload()
                .equals("F\0")) {
            Thread.onSpinWait();
        }
    }

    /** A connection that was closed is noticed before a request that is sent later is served. */
    void awaitEverybodyServed() throws IOException {
        ok(MessageType.READ, "/\0");
    }

    void emptyStore() throws IOException {
        for (String child : children("/")) {
            ok(MessageType.RM, "/" + child + "\0");
        }
        ok(MessageType.WRITE, "/\0");
        ok(MessageType.MKDIR, "/tool/xenstored\0");
        for (Map.Entry<String, String> special : specialPermissions.entrySet()) {
            ok(MessageType.SET_PERMS, special.getKey() + "\0" + special.getValue());
        }
    }

    private String ok(MessageType type, String payload) throws IOException {
        Answer answer = admin.call(type, payload);
        if (!answer.isOk()) {
            throw new IOException(type + " " + Escape.shown(payload) + " is answered with " + answer);
        }
        return answer.payload();
    }

    /** In parts, as the names may be longer than a payload. */
    private List<String> children(String path) throws IOException {
        StringBuilder names = new StringBuilder();
        while (true) {
            String part = ok(MessageType.DIRECTORY_PART, path + "\0" + names.length() + "\0");
            String chunk = part.substring(part.indexOf('\0') + 1);
            boolean isLast = chunk.equals("\0") || chunk.endsWith("\0\0");
            names.append(chunk, 0, isLast ? chunk.length() - 1 : chunk.length());
            if (isLast) {
                return names.isEmpty() ? List.of() : List.of(names.toString().split("\0"));
            }
        }
    }

    /**
     * A node.
     *
     * @param permissions entries with blanks between
     */
    record Dumped(String path, String permissions, String value) {
        @Override
        public String toString() {
            return Escape.shown(path) + " " + permissions + " " + Escape.shown(value);
        }
    }

    List<Dumped> dump() throws IOException {
        List<Dumped> nodes = new ArrayList<>();
        dump("/", nodes);
        return nodes;
    }

    private void dump(String path, List<Dumped> nodes) throws IOException {
        String permissions =
                ok(MessageType.GET_PERMS, path + "\0").replace('\0', ' ').strip();
        nodes.add(new Dumped(path, permissions, ok(MessageType.READ, path + "\0")));
        for (String child : children(path)) {
            dump(path.equals("/") ? "/" + child : path + "/" + child, nodes);
        }
    }
}
