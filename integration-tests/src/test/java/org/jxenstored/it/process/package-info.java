/** The daemon as a process: how it starts and ends, its files and signals, and clients that mean no good. */
@NullMarked
package org.jxenstored.it.process;

import org.jspecify.annotations.NullMarked;
