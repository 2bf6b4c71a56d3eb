package org.jxenstored.cli;

/** How the path of a child is written. */
final class ChildPath {
    private ChildPath() {}

    /** The parent, a slash and the name; the root's own slash is not doubled. */
    static String of(String parent, String name) {
        return parent.equals("/") ? "/" + name : parent + "/" + name;
    }
}
