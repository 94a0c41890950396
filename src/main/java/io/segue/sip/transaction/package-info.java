/**
 * SIP transactions (RFC 3261 17 with RFC 6026): what is answered twice, sent again and given up. Pure: time, randomness and the
 * wire are arguments.
 */
@NullMarked
package io.segue.sip.transaction;

import org.jspecify.annotations.NullMarked;
