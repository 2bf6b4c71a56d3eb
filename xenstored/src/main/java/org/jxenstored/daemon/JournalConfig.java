package org.jxenstored.daemon;

import java.nio.file.Path;

/**
 * How the store is kept for when the daemon ends.
 *
 * @param directory absolute; made if it is missing
 * @param syncs true to outlive a loss of power too
 * @param takesPrefix true to go on with what stands before a damage
 */
public record JournalConfig(Path directory, boolean syncs, boolean takesPrefix) {}
