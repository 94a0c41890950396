/** Whom calls are with, what they wrote, and what must not be kept of it. */
@NullMarked
package io.segue.flow.contact;

import org.jspecify.annotations.NullMarked;
