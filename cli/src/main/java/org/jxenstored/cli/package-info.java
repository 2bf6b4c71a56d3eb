/**
 * The drop-in command line tools: {@code xenstore-read} and its siblings, and {@code xenstore-control}.
 *
 * <p>Scripts parse what these tools print, so data on standard output and exit codes are exact, to the byte. A
 * {@code String} here is a row of bytes, one character below 256 for each, as in the protocol module: arguments come in
 * and output goes out without any character set in between.
 *
 * <p>The tools are started thousands of times by scripts, so nothing here loads what it does not need.
 */
@NullMarked
package org.jxenstored.cli;

import org.jspecify.annotations.NullMarked;
