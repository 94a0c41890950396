/**
 * SRTP and SRTCP (RFC 3711, RFC 7714): packets are encrypted and checked in place, in arrays that the caller owns. Who agrees on the keys is behind {@link KeyAgreement}.
 */
@NullMarked
package io.segue.rtp.srtp;

import org.jspecify.annotations.NullMarked;
