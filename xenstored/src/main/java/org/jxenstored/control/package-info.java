/** CONTROL: what an operator asks the daemon itself, one class for each command (protocol.md 6.6). */
@NullMarked
package org.jxenstored.control;

import org.jspecify.annotations.NullMarked;
