package io.segue.trunk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A carrier that may call.
 *
 * @param addresses networks its signalling comes from
 * @param username what we answer its challenges with
 */
public record Trunk(
        String id,
        List<Network> addresses,
        @Nullable String username,
        @Nullable String password) {
    @Override
    public String toString() {
        return "Trunk[" + id + " " + addresses + "]";
    }
}
