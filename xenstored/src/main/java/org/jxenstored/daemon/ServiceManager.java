package org.jxenstored.daemon;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells systemd how we are, if it asked for it with NOTIFY_SOCKET (S-RUN-10). */
final class ServiceManager {
    static final String VARIABLE = "NOTIFY_SOCKET";
    private static final Logger log = LoggerFactory.getLogger(ServiceManager.class);

    private final String address;

    ServiceManager(Map<String, String> environment) {
        this.address = environment.getOrDefault(VARIABLE, "");
    }

    boolean isPresent() {
        return !address.isEmpty();
    }

    /** Clients can connect now. */
    void ready(long pid) {
        send("MAINPID=" + pid + "\nREADY=1");
    }

    /** We are going down. */
    void stopping() {
        send("STOPPING=1");
    }

    private void send(String state) {
        if (isPresent() && !Libc.sendDatagram(address, state.getBytes(StandardCharsets.UTF_8))) {
            log.warn("the service manager does not listen at {}={}", VARIABLE, address);
        }
    }
}
