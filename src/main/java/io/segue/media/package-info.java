/** Carries RTP: loops of a selector and a wheel each, legs with their sockets, the one switch, playout, filler, taps and RTCP. */
@NullMarked
package io.segue.media;

import org.jspecify.annotations.NullMarked;
