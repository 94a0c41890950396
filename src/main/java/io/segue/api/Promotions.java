package io.segue.api;

import io.segue.api.auth.Role;
import io.segue.audit.Actor;
import io.segue.human.Human;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Supervisors look after humans, not over each other: whom a supervisor may be and how they prove it is an admin's to say. */
final class Promotions implements Configured.Guard<Human> {
    @Override
    public boolean limits(Actor by) {
        return !by.role().equals(Role.Name.ADMIN);
    }

    @Override
    public Optional<String> refusal(Optional<Human> before, @Nullable Human after, Actor by) {
        if (!limits(by)) {
            return Optional.empty();
        }
        Human.Role was = before.map(Human::role).orElse(null);
        if (was != Human.Role.SUPERVISOR && (after == null || after.role() != Human.Role.SUPERVISOR)) {
            return Optional.empty();
        }
        if (after == null) {
            return Optional.of("an admin alone deletes a supervisor");
        }
        if (was != after.role()) {
            return Optional.of("an admin alone makes somebody a supervisor, or a supervisor something else");
        }
        return Objects.equals(before.map(Human::credentials).orElse(null), after.credentials())
                ? Optional.empty()
                : Optional.of("an admin alone sets a supervisor's password");
    }
}
