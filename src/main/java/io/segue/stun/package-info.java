/** STUN (RFC 8489) as far as an ICE-lite agent (RFC 8445 2.5) needs it: Binding requests in, their answers out. */
@NullMarked
package io.segue.stun;

import org.jspecify.annotations.NullMarked;
