package io.segue.api.auth;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a key or session may do; docs/api.md has the table. The names are those that {@code @RolesAllowed} takes. */
public enum Role {
    /** Takes calls: their own presence, the calls and events that they have or had. */
    HUMAN(Role.Name.HUMAN),
    /** Reads calls and what is configured for them. */
    REVIEWER(Role.Name.REVIEWER),
    /** As a reviewer. */
    SPECIALIST(Role.Name.SPECIALIST),
    /** Steers calls, and looks after humans and queues. */
    SUPERVISOR(Role.Name.SUPERVISOR),
    /** Everything. */
    ADMIN(Role.Name.ADMIN);

    /** The roles as they stand in keys and annotations. */
    public static final class Name {
        public static final String HUMAN = "human";
        public static final String REVIEWER = "reviewer";
        public static final String SPECIALIST = "specialist";
        public static final String SUPERVISOR = "supervisor";
        public static final String ADMIN = "admin";

        private Name() {}
    }

    private final String wire;

    Role(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }

    static Optional<Role> of(String text) {
        return Arrays.stream(values()).filter(role -> role.wire.equals(text)).findFirst();
    }

    static String list() {
        return Arrays.stream(values()).map(Role::wire).collect(Collectors.joining(", "));
    }
}
