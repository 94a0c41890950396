package io.segue.flow.leg;

import io.segue.flow.media.MediaLeg;
import io.segue.flow.thread.CallThread;
import io.segue.sdp.Agreement;
import io.segue.sip.dialog.Command;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Digits for one leg's peer: telephone-events (RFC 4733) where it agreed on them, else one INFO each ({@code application/dtmf-relay}), as far apart as
 * pressed digits are, so that none overtakes another. Used on the leg's thread.
 */
public final class DigitsOut {
    /** Digits that wait to go by INFO; more are dropped. */
    static final int WAITING_MAX = 64;

    private static final int PRESS_MS = 160;
    private static final int PAUSE_MS = 80;
    private static final String DIGITS = "0123456789*#ABCD";

    private final CallThread thread;
    private final MediaLeg media;
    private final Supplier<@Nullable Agreement> terms;
    private final Consumer<Command> signalling;
    private final StringBuilder waiting = new StringBuilder();
    private boolean pressing;

    /** @param terms what the leg has agreed on; none before its answer */
    public DigitsOut(
            CallThread thread, MediaLeg media, Supplier<@Nullable Agreement> terms, Consumer<Command> signalling) {
        this.thread = thread;
        this.media = media;
        this.terms = terms;
        this.signalling = signalling;
    }

    /** Digits of {@code 0-9*#A-D}; others are left out. */
    public void press(String digits) {
        Agreement agreed = terms.get();
        if (agreed == null) {
            return;
        }
        if (agreed.sendEventType() != null) {
            media.sendDigits(digits);
            return;
        }
        for (int i = 0; i < digits.length() && waiting.length() < WAITING_MAX; i++) {
            if (DIGITS.indexOf(digits.charAt(i)) >= 0) {
                waiting.append(digits.charAt(i));
            }
        }
        if (!pressing) {
            next();
        }
    }

    /** A digit that came by RTP from the leg that the peer hears: the media plane has taken it on where the peer knows telephone-events. */
    public void relayed(char digit) {
        Agreement agreed = terms.get();
        if (agreed != null && agreed.sendEventType() == null) {
            press(String.valueOf(digit));
        }
    }

    private void next() {
        pressing = !waiting.isEmpty();
        if (pressing) {
            char digit = waiting.charAt(0);
            waiting.deleteCharAt(0);
            signalling.accept(new Command.Inform(
                    "application/dtmf-relay", "Signal=" + digit + "\r\nDuration=" + PRESS_MS + "\r\n"));
            thread.schedule(PRESS_MS + PAUSE_MS, this::next);
        }
    }
}
