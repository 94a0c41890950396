/** SIP messages (RFC 3261 7, 19, 20, 25): bytes to immutable records and back. */
@NullMarked
package io.segue.sip.message;

import org.jspecify.annotations.NullMarked;
