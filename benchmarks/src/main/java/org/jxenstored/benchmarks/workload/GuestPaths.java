package org.jxenstored.benchmarks.workload;

import java.util.ArrayList;
import java.util.List;
import org.jxenstored.benchmarks.load.Request;

/** What a toolstack writes for one guest with a disk and a network card. */
final class GuestPaths {
    /** Where the backends look for new devices. */
    static final String BACKENDS = "/local/domain/0/backend/vbd";

    private GuestPaths() {}

    static String home(int domid) {
        return "/local/domain/" + domid;
    }

    static String front(int domid) {
        return home(domid) + "/device/vbd/51712";
    }

    static String back(int domid) {
        return BACKENDS + "/" + domid + "/51712";
    }

    /** The work of the one transaction, in order. */
    static List<Request> inTransaction(int domid) {
        List<Request> requests = new ArrayList<>();
        String home = home(domid);
        requests.add(Request.mkdir(home));
        requests.add(Request.setPermissions(home, "n0", "r" + domid));
        for (String shared : List.of("control", "data", "device", "console")) {
            requests.add(Request.mkdir(home + "/" + shared));
            requests.add(Request.setPermissions(home + "/" + shared, "n" + domid));
        }
        write(requests, home, "vm", "/vm/" + domid);
        write(requests, home, "name", "guest-" + domid);
        write(requests, home, "domid", Integer.toString(domid));
        write(requests, home, "cpu/0/availability", "online");
        write(requests, home, "memory/static-max", "1048576");
        write(requests, home, "memory/target", "1048576");
        write(requests, home, "memory/videoram", "0");
        write(requests, home, "store/port", "1");
        write(requests, home, "store/ring-ref", "1044476");
        write(requests, home, "console/port", "2");
        write(requests, home, "console/ring-ref", "1044477");
        write(requests, home, "console/limit", "1048576");
        write(requests, home, "console/type", "xenconsoled");
        device(requests, domid, front(domid), back(domid));
        device(requests, domid, home + "/device/vif/0", "/local/domain/0/backend/vif/" + domid + "/0");
        write(requests, "/vm/" + domid, "uuid", "00000000-0000-0000-0000-0000000" + (10_000 + domid));
        write(requests, "/vm/" + domid, "start_time", "1700000000");
        return requests;
    }

    private static void device(List<Request> requests, int domid, String front, String back) {
        requests.add(Request.mkdir(front));
        requests.add(Request.setPermissions(front, "n" + domid, "r0"));
        write(requests, front, "backend", back);
        write(requests, front, "backend-id", "0");
        write(requests, front, "handle", "0");
        write(requests, front, "state", "1");
        requests.add(Request.mkdir(back));
        requests.add(Request.setPermissions(back, "n0", "r" + domid));
        write(requests, back, "frontend", front);
        write(requests, back, "frontend-id", Integer.toString(domid));
        write(requests, back, "online", "1");
        write(requests, back, "handle", "0");
        write(requests, back, "params", "/dev/vg/guest-" + domid);
        write(requests, back, "mode", "w");
        write(requests, back, "hotplug-status", "connected");
        write(requests, back, "state", "1");
    }

    private static void write(List<Request> requests, String below, String name, String value) {
        requests.add(Request.write(below + "/" + name, value));
    }

    /** Takes it all away again, also what was never finished: RM of a node that is not there fails. */
    static List<Request> removal(int domid) {
        List<Request> requests = new ArrayList<>();
        for (String path :
                List.of(home(domid), BACKENDS + "/" + domid, "/local/domain/0/backend/vif/" + domid, "/vm/" + domid)) {
            requests.add(Request.mkdir(path));
            requests.add(Request.remove(path));
        }
        return requests;
    }
}
