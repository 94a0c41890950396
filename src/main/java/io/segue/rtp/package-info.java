/** RTP (RFC 3550, 3551), telephone-event (RFC 4733), G.711 and the outbound timeline, as pure functions and state over bytes; time is an argument. */
@NullMarked
package io.segue.rtp;

import org.jspecify.annotations.NullMarked;
