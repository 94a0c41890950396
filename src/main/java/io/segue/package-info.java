/** Segue: a gateway on the SIP and RTP path between a carrier and an AI voice agent. */
@NullMarked
package io.segue;

import org.jspecify.annotations.NullMarked;
