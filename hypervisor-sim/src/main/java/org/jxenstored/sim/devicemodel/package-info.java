/** Device models of HVM guests: QEMU in dom0, and stub domains. */
@NullMarked
package org.jxenstored.sim.devicemodel;

import org.jspecify.annotations.NullMarked;
