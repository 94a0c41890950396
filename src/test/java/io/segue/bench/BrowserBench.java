package io.segue.bench;

import io.segue.dtls.DtlsKeyAgreement;
import io.segue.flow.media.MediaLeg;
import io.segue.flow.media.MediaPlane.Opening;
import io.segue.flow.media.Source;
import io.segue.media.Browser;
import io.segue.media.BrowserConfig;
import io.segue.media.BrowserDrop;
import io.segue.media.BrowserLimits;
import io.segue.media.Limits;
import io.segue.media.Media;
import io.segue.media.MediaConfig;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * What a browser's packet costs: the CPU time of the media loop's thread over the packets that went through it, in and out, for browsers that hear each other in pairs. One loop, the
 * one port, DTLS-SRTP with AEAD_AES_128_GCM; the browsers are another thread of this process.
 */
final class BrowserBench {
    private static final long PACKET_NANOS = 20_000_000;

    private final int legs;
    private final int seconds;
    private final Report report =
            new Report("browser", "legs", "packets in/s", "packets out/s", "us per packet", "mark", "lost", "dropped");

    BrowserBench(int legs, int seconds) {
        this.legs = legs;
        this.seconds = seconds;
    }

    void run() throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        MediaConfig config = new MediaConfig(1, here, here, 12_000, 12_100, null, Limits.defaults());
        DtlsKeyAgreement keys = new DtlsKeyAgreement(io.segue.dtls.Limits.defaults());
        keys.warmUp();
        List<Browser> browsers = new ArrayList<>();
        try (Media media = new Media(config, new BrowserConfig(0, BrowserLimits.defaults()), keys);
                MixBench.Calls thread = new MixBench.Calls()) {
            media.warmUp();
            List<MediaLeg> open = new ArrayList<>();
            for (int i = 0; i < legs; i++) {
                if (!(media.openSecure(thread, event -> {}) instanceof Opening.Opened(MediaLeg leg))) {
                    throw new IllegalStateException("no more browsers");
                }
                open.add(leg);
                browsers.add(new Browser(leg, i + 1).connect());
            }
            for (int i = 0; i < legs; i++) {
                open.get(i).hear(new Source.Leg(open.get(i ^ 1)));
            }
            talk(browsers);
            long cpu = MixBench.loopNanos();
            long[] before = MixBench.packets(open);
            long droppedBefore = dropped(media);
            long said = talk(browsers);
            double us = (MixBench.loopNanos() - cpu) / 1e3;
            long[] after = MixBench.packets(open);
            long in = after[0] - before[0];
            long out = after[1] - before[1];
            long dropped = dropped(media) - droppedBefore;
            report.row(
                    Map.of("legs", legs, "in", in, "out", out, "usPerPacket", us / (in + out), "lost", said - in),
                    "" + legs,
                    "" + in / seconds,
                    "" + out / seconds,
                    "%.2f".formatted(us / (in + out)),
                    "12",
                    "" + (said - in),
                    "" + dropped);
        } finally {
            browsers.forEach(Browser::close);
        }
        report.note(
                "- %d s after %d s of warm-up; CPU time of the loop's thread, with the socket's reads and writes and both ciphers in it."
                        .formatted(seconds, seconds));
        report.print();
    }

    private static long dropped(Media media) {
        return Arrays.stream(BrowserDrop.values()).mapToLong(media::dropped).sum();
    }

    /** Each says something every 20 ms, one after the other; how many packets that were, once the last has had time to arrive. */
    private long talk(List<Browser> browsers) throws InterruptedException {
        byte[] payload = new byte[160];
        Arrays.fill(payload, (byte) 0x23);
        long start = System.nanoTime();
        int rounds = seconds * 50;
        for (int n = 0; n < rounds; n++) {
            for (int i = 0; i < browsers.size(); i++) {
                long due = start + n * PACKET_NANOS + i * PACKET_NANOS / browsers.size();
                long wait;
                while ((wait = due - System.nanoTime()) > 0) {
                    LockSupport.parkNanos(wait);
                }
                browsers.get(i).say(payload);
            }
        }
        Thread.sleep(500);
        return (long) rounds * browsers.size();
    }
}
