/**
 * The agent's WebSocket as bytes and records: the two media-stream dialects, and our own events on the same socket. Every
 * frame is one JSON object in UTF-8 with an {@code event} key.
 */
@NullMarked
package io.segue.stream;

import org.jspecify.annotations.NullMarked;
