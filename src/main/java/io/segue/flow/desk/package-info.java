/** Presence, places in the line and reservations of humans. */
@NullMarked
package io.segue.flow.desk;

import org.jspecify.annotations.NullMarked;
