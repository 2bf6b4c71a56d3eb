package org.jxenstored.sim.timeline;

/**
 * Somebody who takes part in the life of a domid, as a timeline and a diagram name him.
 *
 * @param name a few words for people, such as {@code domain 1} or {@code backend vif 1/0}
 */
public record Party(String name) {
    public static final Party XEN = new Party("Xen");
    public static final Party XENSTORED = new Party("xenstored");
    public static final Party TOOLSTACK = new Party("toolstack");

    /** What runs inside a domain. */
    public static Party domain(int domid) {
        return new Party("domain " + domid);
    }
}
