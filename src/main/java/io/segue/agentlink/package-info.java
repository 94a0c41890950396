/**
 * The WebSocket client to AI agents. A call's socket lives on the Vert.x event loop that is the call's thread, so that nothing
 * here is shared between threads.
 */
@NullMarked
package io.segue.agentlink;

import org.jspecify.annotations.NullMarked;
