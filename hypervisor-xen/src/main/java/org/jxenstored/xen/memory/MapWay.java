package org.jxenstored.xen.memory;

/** How a guest's ring page is mapped. */
public enum MapWay {
    /** By grant; by frame number if that fails (L-RING-2). */
    AUTO,
    GRANT,
    FOREIGN
}
