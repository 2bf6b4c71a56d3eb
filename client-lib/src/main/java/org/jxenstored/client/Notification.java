package org.jxenstored.client;

/**
 * What a {@link WatchQueue} gives.
 *
 * {@snippet :
 * switch (queue.take()) {
 *     case Notification.Event(Watch watch, String path) -> lookAgainAt(path);
 *     case Notification.Lost(Watch watch) -> readEverythingBelow(watch.path());
 *     case Notification.ConnectionBroken(ConnectionLostException reason) -> connectAndRegisterAgain();
 *     case Notification.Closed() -> stop();
 * }
 * }
 */
public sealed interface Notification {

    /**
     * Something happened at or below the watched path; also the first event, which every watch has (C-LIB-25).
     * It may be spurious, and stands for any number of equal ones: read again (C-LIB-27).
     *
     * @param path of the node, absolute, or relative if the watch is
     */
    record Event(Watch watch, String path) implements Notification {}

    /** Events of this watch were dropped because the queue was full: any node below its path may have changed. */
    record Lost(Watch watch) implements Notification {}

    /** The connection is gone and with it all watches. The queue gives nothing else any more. */
    record ConnectionBroken(ConnectionLostException reason) implements Notification {}

    /** The queue was closed. It gives nothing else any more. */
    record Closed() implements Notification {}
}
