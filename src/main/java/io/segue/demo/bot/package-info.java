/** A scripted AI agent: a WebSocket server that speaks both dialects, plays speech, says turns, misbehaves on demand and records what it hears. */
@NullMarked
package io.segue.demo.bot;

import org.jspecify.annotations.NullMarked;
