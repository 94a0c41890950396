/** Humans' phones: where they are, whether they answer, and the legs to them, rung for a call or standing by. */
@NullMarked
package io.segue.flow.phone;

import org.jspecify.annotations.NullMarked;
