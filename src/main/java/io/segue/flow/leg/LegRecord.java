package io.segue.flow.leg;

import io.segue.flow.media.LegTimeline;
import io.segue.sdp.Agreement;
import io.segue.sip.dialog.Dialog;
import org.jspecify.annotations.Nullable;

/**
 * One leg as it is shown and stored.
 *
 * @param human whose phone it is; none: the caller's, or a phone outside
 */
public record LegRecord(
        String role,
        @Nullable String human,
        String sipCallId,
        @Nullable Dialog dialog,
        @Nullable Agreement agreement,
        String localSdp,
        @Nullable LegTimeline timeline) {
    /** What is left to know of it once it is over. */
    public LegRecord past() {
        return new LegRecord(role, human, sipCallId, null, null, "", null);
    }
}
