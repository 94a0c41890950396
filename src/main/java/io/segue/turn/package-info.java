/** What was said on a call: turns, and the transcript they make. */
@NullMarked
package io.segue.turn;

import org.jspecify.annotations.NullMarked;
