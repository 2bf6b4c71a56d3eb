/** Which domains exist, by libxenmanage or libxenctrl. */
@NullMarked
package org.jxenstored.xen.domain;

import org.jspecify.annotations.NullMarked;
