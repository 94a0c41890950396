package io.segue.store;

import org.jspecify.annotations.Nullable;

/** Where a human belongs while Redis is away: the gateway their phone is registered at, or their standby leg is on. Called on the store's thread. */
@FunctionalInterface
public interface Home {
    /** None: any gateway might have them, and {@link Rendezvous} decides among those last seen. */
    @Nullable
    String of(String human);
}
