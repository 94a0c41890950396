/**
 * What gateways share, in Redis: who is free, the records of calls, configured documents, the stream of events. One thread ({@link
 * io.segue.store.StoreThread}) owns all state here; no caller's thread ever waits. docs/redis.md lists the keys.
 */
@NullMarked
package io.segue.store;

import org.jspecify.annotations.NullMarked;
