/** DTLS-SRTP (RFC 5764, RFC 8827 6.5) by Bouncy Castle's lightweight API: agrees on keys with a browser, which is always the one who begins. */
@NullMarked
package io.segue.dtls;

import org.jspecify.annotations.NullMarked;
