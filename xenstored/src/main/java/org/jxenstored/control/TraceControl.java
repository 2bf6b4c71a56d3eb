package org.jxenstored.control;

import java.util.List;

/** What commands may do with the trace file (semantics.md 13.1). */
public interface TraceControl {
    /** One kind of lines that can be on or off (S-LOG-2). */
    record Switch(String name, boolean on) {}

    List<Switch> switches();

    /** Turns a kind of lines on or off; false if there is none of that name. */
    boolean set(String name, boolean on);

    /** Opens the file, closing it first if it is open; nothing without a configured file (P-CTL-4). */
    void open();

    void close();

    /** Takes another file and opens it; relative names are below the library directory; false for no name (P-CTL-6). */
    boolean use(String file);

    /** Appends a text to this file, or to the trace file if the name is empty; false if that cannot be (P-CTL-7). */
    boolean append(String file, String text);

    /** Shows a text to whoever watches the daemon (P-CTL-8). */
    void print(String text);
}
