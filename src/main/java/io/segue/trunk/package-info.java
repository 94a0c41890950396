/** Carriers that may call: the addresses a call may come from. */
@NullMarked
package io.segue.trunk;

import org.jspecify.annotations.NullMarked;
