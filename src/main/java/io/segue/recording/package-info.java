/** Calls, recorded: what the caller says and hears, as a WAV file of two channels each, written off the media's path. */
@NullMarked
package io.segue.recording;

import org.jspecify.annotations.NullMarked;
