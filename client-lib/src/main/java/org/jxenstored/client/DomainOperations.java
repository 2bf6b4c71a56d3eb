package org.jxenstored.client;

import java.util.List;

/**
 * What a toolstack tells and asks the server about domains. All but {@link #domainPath}, {@link
 * #features()} and {@link #resetWatches} need a privileged connection.
 *
 * <p>Domids are 0..65535; others are refused by the server as {@link InvalidRequestException}.
 */
public interface DomainOperations {
    /**
     * Connects the server to a new domain's ring page, or again to a known one's (P-INTRO).
     *
     * @param gfn frame number of the page, unsigned; today's servers find the page without it (P-INTRO-3)
     * @param eventChannel port that the domain left unbound for the server
     */
    void introduce(int domid, long gfn, int eventChannel);

    /**
     * Makes the server forget a domain and delete what it owns (P-REL).
     *
     * @throws NotFoundException if the domain is not introduced
     */
    void release(int domid);

    /** Says that a domain that was shut down for suspension runs again (P-RESUME-2). */
    void resume(int domid);

    /** Gives a device model's domain the rights of the domain it serves (P-TGT). */
    void setTarget(int domid, int target);

    /** Whether the domain was introduced and is not yet released or dead. */
    boolean isIntroduced(int domid);

    /** {@code /local/domain/<domid>}, whether the domain exists or not. */
    String domainPath(int domid);

    /** What the server offers this connection: bits of {@link org.jxenstored.protocol.Feature}. */
    int features();

    /** What the server offers a domain, or would offer if it was introduced now. */
    int features(int domid);

    /**
     * Restricts what a domain is offered, before it is introduced.
     *
     * @throws BusyException if it is introduced already
     */
    void setFeatures(int domid, int features);

    /** Names of all quotas. */
    List<String> quotaNames();

    /** The value that new domains get. 0 is without limit. */
    long quota(String name);

    /** The value of a domain. 0 is without limit. */
    long quota(int domid, String name);

    /** Sets what new domains get. */
    void setQuota(String name, long value);

    /** Sets the value of a domain. */
    void setQuota(int domid, String name, long value);

    /** Removes all watches and aborts all transactions of this connection; queues stay open without watches. */
    void resetWatches();
}
