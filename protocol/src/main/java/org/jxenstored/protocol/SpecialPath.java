package org.jxenstored.protocol;

/** A name that starts with {@code @}: outside the tree, for permissions and watches only (P-PATH-8). */
public record SpecialPath(String text) implements NodePath {
    /** Fires when a domain is introduced (S-SPEC-1). */
    public static final SpecialPath INTRODUCE_DOMAIN = new SpecialPath("@introduceDomain");

    /** Fires when a domain shuts down, dies or is released (S-SPEC-2). */
    public static final SpecialPath RELEASE_DOMAIN = new SpecialPath("@releaseDomain");

    /** The name of the event for one domain, such as {@code @releaseDomain/7} (S-SPEC-3). */
    public SpecialPath ofDomain(int domid) {
        return new SpecialPath(text + '/' + domid);
    }

    @Override
    public String toString() {
        return text;
    }
}
