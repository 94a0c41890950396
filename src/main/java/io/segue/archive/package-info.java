/** What outlasts the store: calls, and what was decided, in PostgreSQL. No call waits for anything here; PostgreSQL may be away at any time. */
@NullMarked
package io.segue.archive;

import org.jspecify.annotations.NullMarked;
