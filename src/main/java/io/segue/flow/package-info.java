/** Carries a call: its mailbox, its steps and the effects of them. The interfaces here are what a call needs of the outside. */
@NullMarked
package io.segue.flow;

import org.jspecify.annotations.NullMarked;
