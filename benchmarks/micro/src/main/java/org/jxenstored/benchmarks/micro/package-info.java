/**
 * What single steps of the daemon cost: nanoseconds, and bytes allocated, which are the same on every machine.
 *
 * <p>The benchmarks need nothing of the daemon's shell: no socket, no event loop, no clock.
 */
@NullMarked
package org.jxenstored.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
