package io.segue.demo;

import io.segue.demo.ear.Segment;
import io.segue.demo.ear.Timeline;
import io.segue.demo.phone.SipRecord;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one call with a handoff was like, as its caller, its bot and its human found it. Times are in milliseconds; T0 is when the bot wrote the frame that
 * asked for a human, heard is when the first packet with the human's voice reached the caller.
 *
 * @param callId the gateway's id of the call
 * @param setupMs from the caller's INVITE to its 200
 * @param human who took over; empty on standby, when the gateway's document does not say
 * @param rangMs from T0 to the human's INVITE; negative when the phone was there before
 * @param answeredMs from T0 to the human's 200; negative when it was there before
 * @param heardMs from T0 to heard: what the gateway calls T0–T4, and the way there and back
 * @param cutMs from the later of T0 and the human's 200 to heard
 * @param gapMs the longest time between RTP packets to the caller around the handoff
 * @param deadAirMs the longest stretch between T0 and heard that was below -50 dBm0
 * @param timeline the caller's stream over the whole call
 * @param changeMarked whether the human's first packet had the marker
 * @param sipToCaller the SIP messages that reached the caller from T0 to its own BYE
 * @param wordsLostMs how long the human had been speaking before the caller heard it
 * @param humanHeardCallerMs from the human's 200 to the first packet with the caller's voice; negative when it was not heard
 * @param botWithoutCallerMs the longest stretch from the bot's first frame to T0 without the caller's voice
 * @param botChunkBreaks frames to the bot whose number did not follow the last one's
 * @param slipMs how late the generator's own clocks were around the handoff
 * @param gateway the gateway's own document of the call, when it could be had
 */
public record Handoff(
        String callId,
        double setupMs,
        String human,
        double rangMs,
        double answeredMs,
        double heardMs,
        double cutMs,
        double gapMs,
        double deadAirMs,
        Timeline timeline,
        boolean changeMarked,
        List<SipRecord> sipToCaller,
        double wordsLostMs,
        double humanHeardCallerMs,
        double botWithoutCallerMs,
        long botChunkBreaks,
        double slipMs,
        List<Segment> callerHeard,
        List<Segment> humanHeard,
        List<Segment> botHeard,
        @Nullable JsonObject gateway) {

    /** Departures from the promise about the caller's stream. */
    public int breaks() {
        return timeline.breaks() + (changeMarked ? 0 : 1);
    }
}
