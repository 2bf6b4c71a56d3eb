package org.jxenstored.hypervisor;

import java.nio.file.Path;

/**
 * How a backend's own parts reach the daemon, as any other client.
 *
 * @param socket the Unix socket
 */
public record DaemonAddress(Path socket) {}
