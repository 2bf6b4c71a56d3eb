package org.jxenstored.sim.toolstack;

import java.util.Locale;

/** The kinds of paravirtual devices a guest can be given. */
public enum DeviceType {
    /** Network. */
    VIF,
    /** Disk. */
    VBD;

    /** As it stands in paths of the store. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
