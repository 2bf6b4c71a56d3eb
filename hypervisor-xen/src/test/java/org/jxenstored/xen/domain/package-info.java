@NullMarked
package org.jxenstored.xen.domain;

import org.jspecify.annotations.NullMarked;
