package io.segue.app;

import io.segue.api.observe.Meters;
import io.segue.dtls.DtlsCounters;
import io.segue.dtls.DtlsKeyAgreement;
import io.segue.media.BrowserDrop;
import io.segue.media.Media;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What browsers' legs do: {@code segue_browser_legs}, {@code segue_browser_dropped} by reason, {@code segue_browser_handshakes} by outcome. */
final class BrowserMeters {
    private BrowserMeters() {}

    static void watch(Meters meters, Media media, DtlsKeyAgreement keys) {
        meters.gauge("segue_browser_legs", "Browsers' media legs open now", Map.of(), () -> media.counters()
                .browsers());
        for (BrowserDrop why : BrowserDrop.values()) {
            meters.count(
                    "segue_browser_dropped",
                    "Datagrams of browsers, or to them, that came to nothing",
                    Map.of("reason", why.wire()),
                    () -> media.dropped(why));
        }
        meters.gauge("segue_browser_handshakes_under_way", "DTLS handshakes under way", Map.of(), () -> keys.counters()
                .underWay());
        handshakes(meters, keys, "agreed", DtlsCounters::agreed);
        handshakes(meters, keys, "wrong_certificate", DtlsCounters::wrongCertificate);
        handshakes(meters, keys, "refused", DtlsCounters::refused);
        handshakes(meters, keys, "timed_out", DtlsCounters::timedOut);
        handshakes(meters, keys, "busy", DtlsCounters::busy);
    }

    private static void handshakes(
            Meters meters, DtlsKeyAgreement keys, String outcome, ToLongFunction<DtlsCounters> count) {
        meters.count(
                "segue_browser_handshakes",
                "DTLS handshakes with browsers",
                Map.of("outcome", outcome),
                () -> count.applyAsLong(keys.counters()));
    }
}
