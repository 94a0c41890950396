/** The door of SIP over WebSocket (RFC 7118): who may open one on the HTTP server, and from its frames to messages and back. */
@NullMarked
package io.segue.net.ws;

import org.jspecify.annotations.NullMarked;
