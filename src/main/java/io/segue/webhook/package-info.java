/** Pushes to the outside: signed, tried again, and never in the way of a call. */
@NullMarked
package io.segue.webhook;

import org.jspecify.annotations.NullMarked;
