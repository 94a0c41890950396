/** Session descriptions (RFC 8866) and their offers and answers (RFC 3264) for one G.711 stream with telephone events. */
@NullMarked
package io.segue.sdp;

import org.jspecify.annotations.NullMarked;
