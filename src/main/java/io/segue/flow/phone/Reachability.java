package io.segue.flow.phone;

import io.segue.human.Human;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What it means to the desk that a human can be reached, or no longer: one who is available is away while nothing of theirs can ring. */
final class Reachability implements Registrations.Watcher {
    private final PhoneOutside outside;
    private final Consumer<String> standbySoon;

    /** @param standbySoon has the leg of a human who stands by raised without waiting */
    Reachability(PhoneOutside outside, Consumer<String> standbySoon) {
        this.outside = outside;
        this.standbySoon = standbySoon;
    }

    @Override
    public void reachable(String human) {
        Human known = registering(human);
        if (known != null && known.standby()) {
            standbySoon.accept(human);
        } else if (known != null) {
            outside.desk().standbyLeg(human, true);
        }
    }

    /** The leg of one who stands by tells for itself. */
    @Override
    public void unreachable(String human) {
        Human known = registering(human);
        if (known != null && !known.standby()) {
            outside.desk().standbyLeg(human, false);
        }
    }

    /** One whose phone is not at a fixed contact. */
    private @Nullable Human registering(String human) {
        return outside.directory()
                .human(human)
                .filter(known -> known.contact() == null)
                .orElse(null);
    }
}
