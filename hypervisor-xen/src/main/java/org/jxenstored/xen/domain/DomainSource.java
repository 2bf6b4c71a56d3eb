package org.jxenstored.xen.domain;

/** Who is asked which domains exist. */
public enum DomainSource {
    /** libxenmanage where it is installed, else libxenctrl. */
    AUTO,
    LIBXENMANAGE,
    LIBXENCTRL
}
