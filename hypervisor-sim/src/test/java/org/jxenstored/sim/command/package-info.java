@NullMarked
package org.jxenstored.sim.command;

import org.jspecify.annotations.NullMarked;
