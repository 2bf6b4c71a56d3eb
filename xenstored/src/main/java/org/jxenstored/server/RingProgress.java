package org.jxenstored.server;

import java.lang.invoke.VarHandle;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.protocol.RingStream;

/**
 * How far the server is with the page it shares with a guest, ahead of what the page shows until that is published.
 *
 * <p>So what was done can be remembered before the guest sees it: a daemon that is killed in between has done nothing.
 */
final class RingProgress {
    private static final int NONE = -1;

    private RingPage page;

    /** Index of the first byte of requests that was not taken off. */
    private int requests;

    /** Index of the first byte of responses that was not put. */
    private int responses;

    private boolean moved;
    private boolean clears;
    private boolean acknowledges;
    private int error = NONE;

    RingProgress(RingPage page) {
        this.page = page;
        begin();
    }

    RingPage page() {
        return page;
    }

    /** Another mapping of the same page. */
    void goOnWith(RingPage other) {
        page = other;
    }

    /** True if the page does not show all yet. */
    boolean isAhead() {
        return moved || clears || acknowledges || error != NONE;
    }

    /** Begins where the page stands; nothing may be ahead. */
    void begin() {
        requests = page.requests().consumer();
        responses = page.responses().producer();
    }

    int requests() {
        return requests;
    }

    int responses() {
        return responses;
    }

    boolean clears() {
        return clears;
    }

    /** Takes bytes off; returns as {@link RingStream#read}. */
    int take(byte[] to) {
        int count = page.requests().readAt(requests, to, 0, to.length);
        if (count > 0) {
            requests += count;
            moved = true;
        }
        return count;
    }

    /** True if the guest put requests behind those that were taken. */
    boolean hasMoreRequests() {
        return page.requests().producer() != requests;
    }

    /** True if something can be put, or the guest broke its indexes. */
    boolean hasRoom() {
        return room() != 0;
    }

    /** Bytes that can be put, or {@link RingStream#BAD_INDEXES}. */
    int room() {
        return page.responses().roomAt(responses);
    }

    /** Puts bytes for which there is room; returns as {@link RingStream#write}. */
    int put(byte[] from, int length) {
        int count = page.responses().writeAt(responses, from, 0, length);
        responses += length;
        moved = true;
        return count;
    }

    /** All begins anew: the four indexes become 0, the error none. */
    void clear(boolean hasError) {
        requests = 0;
        responses = 0;
        moved = false;
        clears = true;
        if (hasError) {
            error = RingPage.ERROR_NONE;
        }
    }

    /** Tells a guest that waits for it that it is served anew. */
    void acknowledge() {
        acknowledges = true;
    }

    void setError(int now) {
        error = now;
    }

    /**
     * Makes the page show all. What the guest did without sight of it can be seen afterwards.
     *
     * @return true if the guest has to be told
     */
    boolean publish() {
        boolean tells = moved || (error != NONE && !clears);
        if (clears) {
            clear(page);
        }
        if (error != NONE) {
            page.setError(error);
        }
        if (moved) {
            page.responses().publishProducer(responses);
            page.requests().publishConsumer(requests);
        }
        if (acknowledges) {
            tells |= endReconnect();
        }
        moved = false;
        clears = false;
        acknowledges = false;
        error = NONE;
        VarHandle.fullFence();
        return tells;
    }

    /** Returns true if the guest waited for it. */
    boolean endReconnect() {
        boolean waits = page.connection() == RingPage.RECONNECT;
        if (waits) {
            page.setConnection(RingPage.CONNECTED);
        }
        return waits;
    }

    /**
     * Goes on where an earlier daemon was: what it did and did not publish is published now.
     *
     * @param cleared true if it was about to clear the page, and had done nothing since
     */
    void resume(boolean cleared, int requestIndex, int responseIndex) {
        if (cleared && !isClear(page)) {
            clear(page);
        } else if (!cleared) {
            page.requests().publishConsumer(requestIndex);
            page.responses().publishProducer(responseIndex);
        }
        begin();
    }

    /** The server's own indexes come last: they tell {@link #isClear} that all was done. */
    private static void clear(RingPage page) {
        page.requests().publishProducer(0);
        page.responses().publishConsumer(0);
        page.requests().publishConsumer(0);
        page.responses().publishProducer(0);
    }

    private static boolean isClear(RingPage page) {
        return page.requests().consumer() == 0 && page.responses().producer() == 0;
    }
}
