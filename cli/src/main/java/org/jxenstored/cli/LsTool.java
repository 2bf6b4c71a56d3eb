package org.jxenstored.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;

/** {@code xenstore-ls}: prints what is below a path, depth first, without a transaction (clients.md 3.6). */
record LsTool(Store store, LsLayout layout, Console console) {

    static LsTool of(Store store, Invocation invocation, Console console) {
        boolean flat = invocation.has(Option.FLAT);
        boolean permissions = invocation.has(Option.PREFIX);
        OptionalInt columns = console.terminal().columns();
        LsLayout layout = columns.isPresent()
                ? LsLayout.terminal(flat, permissions, columns.getAsInt())
                : LsLayout.plain(flat, permissions);
        return new LsTool(store, layout, console);
    }

    /** Gives the exit code. */
    int run(List<String> paths) {
        for (String path : paths.isEmpty() ? List.of("/") : paths) {
            if (!printChildren(path, 0)) {
                return 1;
            }
        }
        return 0;
    }

    private boolean printChildren(String path, int depth) {
        List<String> names;
        try {
            names = store.directory(path);
        } catch (StoreException e) {
            if (depth > 0 && e.number() == Errno.ENOENT.number()) {
                return true; // it disappeared after its parent was listed (C-LS-5)
            }
            console.message("cannot list " + path + ": " + e.reason());
            return false;
        }
        for (String name : names) {
            String child = ChildPath.of(path, name);
            Optional<Value> value = valueOf(child);
            Optional<String> permissions = layout.permissions() ? permissionsOf(child) : Optional.empty();
            console.print(layout.entry(layout.flat() ? child : name, depth, value, permissions));
            if (!printChildren(child, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private Optional<Value> valueOf(String path) {
        try {
            return Optional.of(store.read(path));
        } catch (StoreException e) {
            return Optional.empty();
        }
    }

    private Optional<String> permissionsOf(String path) {
        try {
            StringBuilder list = new StringBuilder();
            for (Permission permission : store.permissions(path)) {
                list.append(list.isEmpty() ? "" : ",").append(permission);
            }
            return Optional.of(list.toString());
        } catch (StoreException e) {
            console.message("cannot read the permissions of " + path + ": " + e.reason());
            return Optional.empty();
        }
    }
}
