/** The REST interface under {@code /api/v1}: what is configured, the calls, the events. Every error is a problem (RFC 9457). */
@NullMarked
package io.segue.api;

import org.jspecify.annotations.NullMarked;
