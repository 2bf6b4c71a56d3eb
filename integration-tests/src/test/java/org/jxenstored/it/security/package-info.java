/**
 * One test or more for each of Xen's security advisories on xenstored: what an unprivileged domain tried there, done
 * here through a real ring page. docs/security.md has the table.
 */
@NullMarked
package org.jxenstored.it.security;

import org.jspecify.annotations.NullMarked;
