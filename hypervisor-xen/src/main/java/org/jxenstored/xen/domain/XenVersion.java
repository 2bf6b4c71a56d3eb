package org.jxenstored.xen.domain;

/** A release of Xen. */
public record XenVersion(int major, int minor) implements Comparable<XenVersion> {
    @Override
    public int compareTo(XenVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
