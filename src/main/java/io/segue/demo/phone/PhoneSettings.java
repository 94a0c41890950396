package io.segue.demo.phone;

import io.segue.demo.ear.Voice;
import java.util.List;
import java.util.Map;

/**
 * How a phone behaves on a call.
 *
 * @param voice what it says, over and over
 * @param payloadTypes 0 for PCMU and 8 for PCMA, in the order of its offers
 * @param tapeSeconds how much of what it hears is kept; 0 only counts
 * @param sends whether it sends RTP at all
 * @param headers further headers of its INVITE
 */
public record PhoneSettings(
        Voice voice, List<Integer> payloadTypes, int tapeSeconds, boolean sends, Map<String, String> headers) {

    /** A phone that speaks PCMU and PCMA. */
    public static PhoneSettings saying(Voice voice, int tapeSeconds) {
        return new PhoneSettings(voice, List.of(0, 8), tapeSeconds, true, Map.of());
    }

    /** The same with other codings. */
    public PhoneSettings with(Integer... types) {
        return new PhoneSettings(voice, List.of(types), tapeSeconds, sends, headers);
    }

    /** The same with further headers on its INVITE. */
    public PhoneSettings with(Map<String, String> more) {
        return new PhoneSettings(voice, payloadTypes, tapeSeconds, sends, Map.copyOf(more));
    }

    /** The same without RTP. */
    public PhoneSettings withoutMedia() {
        return new PhoneSettings(voice, payloadTypes, tapeSeconds, false, headers);
    }
}
