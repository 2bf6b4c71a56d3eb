package org.jxenstored.benchmarks.load;

import java.util.List;

/** The requests one connection sends, one after the other, over and over. */
public final class Plan {
    private final Request[] requests;
    private int next;

    private Plan(Request[] requests, int first) {
        this.requests = requests;
        this.next = first;
    }

    /** These requests in turn, beginning with number {@code first}. */
    public static Plan cycle(List<Request> requests, int first) {
        return new Plan(requests.toArray(Request[]::new), first % requests.size());
    }

    public static Plan of(Request... requests) {
        return new Plan(requests, 0);
    }

    Request peek() {
        return requests[next];
    }

    Request next() {
        Request request = requests[next];
        next = next + 1 == requests.length ? 0 : next + 1;
        return request;
    }
}
