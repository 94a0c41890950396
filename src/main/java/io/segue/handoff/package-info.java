/** The handoff: one attempt to bring a human to a caller, as a pure state machine. */
@NullMarked
package io.segue.handoff;

import org.jspecify.annotations.NullMarked;
