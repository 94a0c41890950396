/** Where users can be reached: REGISTER, its bindings and the flows they came by (RFC 3261 10, RFC 5626). Pure; bindings can be stored. */
@NullMarked
package io.segue.sip.registrar;

import org.jspecify.annotations.NullMarked;
