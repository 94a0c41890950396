package io.segue.trunk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A carrier, or a PBX, that may call.
 *
 * @param addresses networks its signalling comes from
 * @param username what we answer its challenges with, when we call an address of it
 * @param realm the only realm whose challenges are answered; none: the host that is called
 */
public record Trunk(
        String id,
        List<Network> addresses,
        @Nullable String username,
        @Nullable String password,
        @Nullable String realm) {
    @Override
    public String toString() {
        return "Trunk[" + id + " " + addresses + "]";
    }
}
