/** Where calls and decisions are written down: the store, the archive, the audit trail, events and webhooks. */
@NullMarked
package io.segue.flow.record;

import org.jspecify.annotations.NullMarked;
