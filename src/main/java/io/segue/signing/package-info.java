/** Signs the one-time tokens of granted actions and checks them: JWS (RFC 7515) with ES256 (RFC 7518, 3.4), keys as JWK (RFC 7517). */
@NullMarked
package io.segue.signing;

import org.jspecify.annotations.NullMarked;
