package io.segue.media;

import static io.segue.media.Studio.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.segue.dtls.DtlsKeyAgreement;
import io.segue.flow.media.LegEvent;
import io.segue.flow.media.Source;
import io.segue.sdp.LocalMedia;
import io.segue.sdp.Negotiated;
import io.segue.sdp.OfferAnswer;
import io.segue.sdp.ParsedSdp;
import io.segue.sdp.SessionDescription;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real browser on a leg: it takes our offer and our answer, agrees on keys, and audio goes both ways. Needs Debian's package chromium. */
class ChromiumTest {
    /** Once as the one who answers, once as the one who offers; then counts what it is sent. */
    private static final String PAGE = """
            <!doctype html><script>
            const say = (path, text) => fetch(path, {method: 'POST', body: String(text)}).then(r => r.text());
            (async () => {
              const media = await navigator.mediaDevices.getUserMedia({audio: true});
              const pc = new RTCPeerConnection();
              pc.onconnectionstatechange = () => say('/state', pc.connectionState);
              media.getTracks().forEach(track => pc.addTrack(track, media));
              if (location.search === '?offering') {
                await pc.setLocalDescription(await pc.createOffer());
                await pc.setRemoteDescription({type: 'answer', sdp: await say('/sdp', pc.localDescription.sdp)});
              } else {
                await pc.setRemoteDescription({type: 'offer', sdp: await say('/ask', '')});
                await pc.setLocalDescription(await pc.createAnswer());
                await say('/sdp', pc.localDescription.sdp);
              }
              for (;;) {
                const stats = await pc.getStats();
                for (const one of stats.values()) {
                  if (one.type === 'inbound-rtp') await say('/received', one.packetsReceived);
                }
                await new Promise(done => setTimeout(done, 100));
              }
            })().catch(e => say('/state', e));
            </script>
            """;

    private final Map<String, String> said = new ConcurrentHashMap<>();

    @TempDir
    Path profile;

    @Test
    void aBrowserAnswersOurOfferAndIsHeardAndHears() throws Exception {
        talk(false);
    }

    @Test
    void ourAnswerIsGoodEnoughForABrowsersOffer() throws Exception {
        talk(true);
    }

    private static SessionDescription read(String sdp) {
        return assertInstanceOf(
                        ParsedSdp.Understood.class,
                        SessionDescription.parse(sdp.getBytes(), io.segue.sdp.Limits.defaults()))
                .description();
    }

    private void talk(boolean offering) throws Exception {
        String chromium = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .filter(path -> new File(path).canExecute())
                .findFirst()
                .orElse("");
        assumeTrue(!chromium.isEmpty(), "no chromium here (Debian: apt-get install chromium)");
        DtlsKeyAgreement keys = new DtlsKeyAgreement(io.segue.dtls.Limits.defaults());
        try (Studio studio = new Studio(1, BrowserLimits.defaults(), keys);
                Phone caller = new Phone(1)) {
            Studio.Line line = studio.openSecure();
            Studio.Line near = studio.open(null);
            near.leg().negotiated(caller.terms());
            near.leg().hear(new Source.Leg(line.leg()));
            line.leg().hear(new Source.Playout(null));
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> answer(exchange, line.leg()));
            server.start();
            Process browser = new ProcessBuilder(
                            chromium,
                            "--headless=new",
                            "--no-sandbox",
                            "--disable-quic",
                            "--disable-background-networking",
                            "--use-fake-ui-for-media-stream",
                            "--use-fake-device-for-media-stream",
                            "--user-data-dir=" + profile,
                            "http://localhost:" + server.getAddress().getPort() + (offering ? "/?offering" : "/"))
                    .redirectErrorStream(true)
                    .redirectOutput(profile.resolve("log").toFile())
                    .start();
            try {
                patiently("connected", () -> said.containsKey("/state"));
                assertEquals("connected", said.get("/state").replace("connecting", "connected"), said.toString());
                patiently("hears", () -> Integer.parseInt(said.getOrDefault("/received", "0")) > 50);
                line.await(LegEvent.FirstPacket.class);
                patiently("is heard", () -> caller.received.size() > 50);
                assertEquals(1, keys.counters().agreed());
                assertEquals(0, studio.media.dropped(BrowserDrop.MEDIA_FORGED));
                assertTrue(line.all(LegEvent.Gone.class).isEmpty());
            } finally {
                end(browser);
                server.stop(0);
            }
        }
    }

    /** With its children, which write to its profile. */
    private static void end(Process browser) {
        List<ProcessHandle> all = Stream.concat(browser.descendants(), Stream.of(browser.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    /** A browser takes its time to start. */
    private static void patiently(String what, java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
        until(what, condition);
    }

    private void answer(HttpExchange exchange, Leg leg) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String text = new String(exchange.getRequestBody().readAllBytes());
        said.put(path, text);
        String reply = PAGE;
        if (Set.of("/state", "/received").contains(path)) {
            reply = "";
        } else if (path.equals("/ask")) {
            reply = OfferAnswer.offer(local(leg)).toString();
        } else if (path.equals("/sdp")) {
            reply = sdp(text, leg);
        }
        exchange.getResponseHeaders().add("Content-Type", path.equals("/") ? "text/html" : "text/plain");
        exchange.sendResponseHeaders(200, 0);
        try (var out = exchange.getResponseBody()) {
            out.write(reply.getBytes());
        }
    }

    /** The browser's answer, or its offer to which ours is the reply. */
    private String sdp(String text, Leg leg) {
        if (said.containsKey("/ask")) {
            leg.negotiated(assertInstanceOf(
                            Negotiated.Accepted.class, OfferAnswer.read(OfferAnswer.offer(local(leg)), read(text)))
                    .agreement());
            return "";
        }
        Negotiated.Answered taken =
                assertInstanceOf(Negotiated.Answered.class, OfferAnswer.answer(read(text), local(leg)));
        leg.negotiated(taken.agreement());
        return taken.answer().toString();
    }

    private static LocalMedia local(Leg leg) {
        return LocalMedia.first("127.0.0.1", leg.local().getPort(), 7).secured(leg.security());
    }
}
