package org.jxenstored.cli;

import java.util.List;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;

/** What the tools need of a connection to a store. */
interface Store extends Nodes, AutoCloseable {

    /** Opens a store. */
    @FunctionalInterface
    interface Opener {
        Store open() throws StoreException;
    }

    Transaction transaction() throws StoreException;

    List<Permission> permissions(String path) throws StoreException;

    /** Registers a watch whose token is its path (C-WATCH-1). */
    void watch(String path) throws StoreException;

    /** As {@link #watch(String)}, down to a depth; fails if the server does not offer that (C-WATCH-3). */
    void watch(String path, int depth) throws StoreException;

    /** Waits for the next event, the first ones included, and gives its path; fails when the connection is lost. */
    String nextEvent() throws StoreException;

    /** Sends a command, its arguments and bytes after them; gives the reply up to its first NUL. */
    String control(List<String> words, Value bytes) throws StoreException;

    @Override
    void close();

    /** A transaction of this store; closing the store aborts it if it is open (C-TX-7). */
    interface Transaction extends Nodes {
        /** False if others changed what it saw (EAGAIN); the whole run has to be repeated then (C-TX-2). */
        boolean commit() throws StoreException;

        void abort() throws StoreException;
    }
}
