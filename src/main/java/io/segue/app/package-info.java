/** The outermost ring: configuration, and the wiring of everything. */
@NullMarked
package io.segue.app;

import org.jspecify.annotations.NullMarked;
