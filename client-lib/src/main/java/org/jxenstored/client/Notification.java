package org.jxenstored.client;

/**
 * What a {@link WatchQueue} gives.
 *
 * {@snippet :
 * switch (queue.take()) {
 *     case Notification.Event(Watch watch, String path) -> lookAgainAt(path);
 *     case Notification.Lost(Watch watch) -> readEverythingBelow(watch.path());
 *     case Notification.Reconnected(Gap gap) -> log(gap);
 *     case Notification.Refused(Watch watch, RequestFailedException reason) -> throw reason;
 *     case Notification.ConnectionBroken(ConnectionLostException reason) -> throw reason;
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

    /**
     * The client has a new connection: events from the gap are missing. Right behind it each watch of the queue fires
     * once, as after its registration, unless an equal event is still queued. Several gaps that nobody read of are one, from the first loss to the last return.
     */
    record Reconnected(Gap gap) implements Notification {}

    /** The server did not accept this watch again on a new connection: it has ended. */
    record Refused(Watch watch, RequestFailedException reason) implements Notification {}

    /** The connection is gone for good and with it all watches. The queue gives nothing else any more. */
    record ConnectionBroken(ConnectionLostException reason) implements Notification {}

    /** The queue was closed. It gives nothing else any more. */
    record Closed() implements Notification {}
}
