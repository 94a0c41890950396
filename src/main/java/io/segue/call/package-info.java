/** A call as a pure state machine: what it is, what can happen to it, and what then has to be done. */
@NullMarked
package io.segue.call;

import org.jspecify.annotations.NullMarked;
