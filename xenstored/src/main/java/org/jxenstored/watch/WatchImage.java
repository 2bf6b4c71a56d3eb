package org.jxenstored.watch;

/**
 * A watch of a guest.
 *
 * @param domid whose
 * @param path what is watched, absolute
 * @param depth as in {@link org.jxenstored.watch.Watch}
 * @param relative true if the guest gave the path relative to its home
 */
public record WatchImage(int domid, String path, String token, int depth, boolean relative) {}
