/** Digest authentication for SIP, as the side that asks and as the side that answers (RFC 7616, RFC 8760, RFC 3261 22). */
@NullMarked
package io.segue.sip.digest;

import org.jspecify.annotations.NullMarked;
