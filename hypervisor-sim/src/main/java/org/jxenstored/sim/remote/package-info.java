/**
 * A simulated machine that is another process, as a daemon sees it: what is said between the two, and the daemon's end.
 *
 * <p>The machine's directory ({@link org.jxenstored.sim.remote.MachineFiles}) has a Unix socket and a file. The file is
 * the machine's memory: page N begins at N times 4096, and who may use a page maps it. All else goes through the socket,
 * one connection for each daemon. A message is its length without these four bytes, a byte that says what it is, and
 * what belongs to it, numbers with the most significant byte first ({@link org.jxenstored.sim.remote.Call}, {@link
 * org.jxenstored.sim.remote.Told}). The machine says {@link org.jxenstored.sim.remote.Told.Hello} first. Calls that have
 * an answer are answered in their order, {@link org.jxenstored.sim.remote.Told.Pending} and {@link
 * org.jxenstored.sim.remote.Told.CommandDone} may stand in between. The end of the connection is the end of the daemon's
 * process: its ports are closed and its pages unmapped.
 */
@NullMarked
package org.jxenstored.sim.remote;

import org.jspecify.annotations.NullMarked;
