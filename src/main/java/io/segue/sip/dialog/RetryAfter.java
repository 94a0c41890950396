package io.segue.sip.dialog;

import io.segue.sip.message.SipResponse;
import java.util.OptionalLong;

/** {@code Retry-After} (RFC 3261 20.33): seconds, perhaps with a comment or parameters behind them. */
final class RetryAfter {
    private static final int DIGITS_MAX = 10;

    private RetryAfter() {}

    static OptionalLong seconds(SipResponse response) {
        String value = response.header("Retry-After");
        int end = 0;
        while (value != null && end < value.length() && value.charAt(end) >= '0' && value.charAt(end) <= '9') {
            end++;
        }
        return value == null || end == 0 || end > DIGITS_MAX
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(value.substring(0, end)));
    }
}
