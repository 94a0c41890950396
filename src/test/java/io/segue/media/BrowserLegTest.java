package io.segue.media;

import static io.segue.media.Studio.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.dtls.DtlsKeyAgreement;
import io.segue.flow.media.LegEvent;
import io.segue.flow.media.LegEvent.Gone;
import io.segue.flow.media.MediaPlane.Opening;
import io.segue.flow.media.Source;
import io.segue.rtp.srtp.SrtpProfile;
import io.segue.sdp.Fingerprint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Browsers' legs on the one port, over real sockets. */
class BrowserLegTest {
    private static final BrowserLimits LIMITS = BrowserLimits.defaults();
    private final DtlsKeyAgreement keys = new DtlsKeyAgreement(io.segue.dtls.Limits.defaults());

    @BeforeAll
    static void warmUp() {
        new DtlsKeyAgreement(io.segue.dtls.Limits.defaults()).warmUp();
    }

    private Studio studio(int loops) {
        return new Studio(loops, LIMITS, keys);
    }

    private static BrowserLimits limits(
            int legs, int addresses, int handshakes, int datagrams, int packets, int silence) {
        return new BrowserLimits(
                legs,
                addresses,
                handshakes,
                datagrams,
                packets,
                silence,
                LIMITS.readsMax(),
                LIMITS.receiveBufferBytes());
    }

    private static void untilDropped(Studio studio, BrowserDrop why, long times) {
        until(why + " " + times, () -> studio.media.dropped(why) == times);
    }

    @ParameterizedTest
    @CsvSource({"1, 7", "3, 7", "1, 1", "3, 1"})
    void carriesAudioAndReportsBothWays(int loops, int profile) throws IOException {
        try (Studio studio = studio(loops);
                Phone caller = new Phone(1)) {
            Studio.Line a = studio.open(null);
            Studio.Line b = studio.openSecure();
            a.leg().negotiated(caller.terms());
            a.leg().hear(new Source.Leg(b.leg()));
            b.leg().hear(new Source.Leg(a.leg()));
            try (Browser human = new Browser(b.leg(), 7, profile).connect()) {
                assertEquals(profile, human.keys().profile().id());
                until("the terms are known", () -> !caller.received.isEmpty());
                for (int i = 0; i < 5; i++) {
                    human.talk(10, (byte) 0x20);
                    caller.talk(a.leg(), 10, (byte) 0x30);
                }
                until("the human at the caller", () -> caller.received.stream()
                        .anyMatch(packet -> packet.payload()[80] == 0x20));
                until("the caller at the human", () -> human.received.stream()
                        .anyMatch(packet -> packet.payload()[80] == 0x30));
                until("a report", () -> human.reports.get() > 0);
                b.await(LegEvent.FirstPacket.class);
                assertEquals(0, caller.breaks(160));
                assertEquals(0, Phone.breaks(human.received, 160));
                assertEquals(0, human.forged.get());
                assertEquals(50, b.leg().counters().packetsIn());
                assertEquals(0, studio.media.counters().failures());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void keepsTheCallersStreamAcrossAHandoffToABrowserAndBack(int loops) throws IOException {
        try (Studio studio = studio(loops);
                Phone caller = new Phone(1)) {
            Studio.Line a = studio.open(null);
            Studio.Line b = studio.openSecure();
            a.leg().negotiated(caller.terms());
            a.leg().hear(new Source.Playout(null));
            a.leg().playout().play(Phone.octets(8000, 0x10), 0, 8000);
            try (Browser human = new Browser(b.leg(), 7).connect()) {
                until("the agent", () -> caller.received.size() > 10);
                b.leg().hear(new Source.Leg(a.leg()));
                a.leg().hear(new Source.Leg(b.leg()));
                human.talk(25, (byte) 0x20);
                until("the human", () -> a.all(LegEvent.Switched.class).stream()
                        .anyMatch(e -> e.source().equals(new Source.Leg(b.leg()))));
                a.leg().hear(new Source.Playout(null));
                human.talk(10, (byte) 0x20);
                until("the agent again", () -> a.all(LegEvent.Switched.class).size() >= 3);
                assertEquals(0, caller.breaks(160));
                assertEquals(
                        1,
                        caller.received.stream()
                                .map(Phone.Received::ssrc)
                                .collect(Collectors.toSet())
                                .size());
            }
        }
    }

    @Test
    void theRolloverCounterFollowsWhatWeSend() throws IOException {
        try (Studio studio = studio(1);
                Phone caller = new Phone(1)) {
            Studio.Line a = studio.open(null);
            Studio.Line b = studio.openSecure();
            a.leg().negotiated(caller.terms());
            b.leg().hear(new Source.Leg(a.leg()));
            try (Browser human = new Browser(b.leg(), 7).connect()) {
                until("the terms are known", () -> !caller.received.isEmpty());
                // Across 65,536 at the caller and at the human: sequence numbers are ours, and so is the counter.
                byte[] payload = Phone.octets(160, 0x30);
                for (int i = 0; i < 70_000; i++) {
                    caller.say(a.leg(), 0, payload);
                    if (i % 50 == 49) {
                        // No more under way than the sockets hold.
                        int sent = i;
                        until("taken", () -> a.leg().counters().packetsIn() > sent - 40);
                    }
                }
                until("all of it", () -> b.leg().counters().packetsOut() >= 69_000);
                int last = human.received.size();
                caller.talk(a.leg(), 5, (byte) 0x30);
                until("still heard", () -> human.received.size() > last);
                assertEquals(0, human.forged.get());
                assertEquals(0, studio.media.dropped(BrowserDrop.SENT_TWICE));
            }
        }
    }

    @Test
    void aCertificateThatTheSdpDoesNotNameGetsNoKeys() {
        try (Studio studio = studio(1)) {
            Studio.Line line = studio.openSecure();
            try (Browser impostor = new Browser(line.leg(), 7)) {
                line.leg().negotiated(impostor.terms(Fingerprint.of("sha-256", new byte[32])));
                assertEquals(0, impostor.check(true));
                assertThrows(IOException.class, impostor::shake);
                assertEquals(Gone.Why.NO_KEYS, line.await(Gone.class).why());
                assertEquals(1, keys.counters().wrongCertificate());
                assertEquals(0, keys.counters().underWay());
            }
        }
    }

    @Test
    void aPacketThatHasBeenIsDropped() throws IOException {
        try (Studio studio = studio(1)) {
            Studio.Line line = studio.openSecure();
            try (Browser human = new Browser(line.leg(), 7).connect()) {
                human.say(Phone.octets(160, 0x20));
                until("taken", () -> line.leg().counters().packetsIn() == 1);
                human.send(human.lastSent());
                untilDropped(studio, BrowserDrop.MEDIA_REPLAYED, 1);
                byte[] forged = human.lastSent();
                forged[3]++;
                human.send(forged);
                untilDropped(studio, BrowserDrop.MEDIA_FORGED, 1);
                human.send(new byte[] {(byte) 0x80, 0, 0, 1});
                untilDropped(studio, BrowserDrop.MEDIA_MALFORMED, 1);
                human.say(Phone.octets(160, 0x20));
                until("well again", () -> line.leg().counters().packetsIn() == 2);
                assertEquals(3, line.leg().counters().refused());
            }
        }
    }

    @Test
    void nobodyIsHeardWhoHasPassedNoCheck() throws IOException {
        try (Studio studio = studio(1)) {
            Studio.Line line = studio.openSecure();
            Studio.Line other = studio.openSecure();
            try (Browser stranger = new Browser(line.leg(), 7);
                    Browser human = new Browser(other.leg(), 8).connect()) {
                line.leg().negotiated(stranger.terms());
                for (int i = 0; i < 500; i++) {
                    stranger.send(clientHello());
                }
                human.say(Phone.octets(160, 0x20));
                until("the other call goes on", () -> other.leg().counters().packetsIn() == 1);
                until("counted", () -> studio.media.dropped(BrowserDrop.DTLS_STRANGER) > 100);
                assertEquals(1, keys.counters().agreed());
                assertEquals(0, keys.counters().underWay());
                stranger.send(human.lastSent());
                untilDropped(studio, BrowserDrop.MEDIA_STRANGER, 1);
                stranger.send(new byte[] {70, 1, 2});
                untilDropped(studio, BrowserDrop.UNKNOWN_KIND, 1);
                stranger.send(new byte[20]);
                untilDropped(studio, BrowserDrop.CHECK_MALFORMED, 1);
                assertTrue(studio.media.counters().strangers() > 100);
            }
        }
    }

    /** The head of a record with a ClientHello in it, and nothing behind. */
    private static byte[] clientHello() {
        byte[] hello = new byte[40];
        hello[0] = 22;
        hello[1] = (byte) 0xFE;
        hello[2] = (byte) 0xFD;
        hello[13] = 1;
        return hello;
    }

    @Test
    void aFloodOfClientHellosTakesOneHandshakeAndLeavesOthersAlone() throws IOException {
        try (Studio studio = studio(1)) {
            Studio.Line line = studio.openSecure();
            Studio.Line other = studio.openSecure();
            try (Browser flooding = new Browser(line.leg(), 7);
                    Browser human = new Browser(other.leg(), 8)) {
                line.leg().negotiated(flooding.terms());
                assertEquals(0, flooding.check(true));
                for (int i = 0; i < 2000; i++) {
                    flooding.send(clientHello());
                }
                assertTrue(keys.counters().underWay() <= 1);
                human.connect();
                human.say(Phone.octets(160, 0x20));
                until("the other call goes on", () -> other.leg().counters().packetsIn() == 1);
                assertEquals(0, studio.media.counters().failures());
            }
        }
    }

    @Test
    void checksWithAWrongPasswordOrTheWrongRoleAreRefusedAndPassNothing() {
        try (Studio studio = studio(1)) {
            Studio.Line line = studio.openSecure();
            try (Browser browser = new Browser(line.leg(), 7)) {
                line.leg().negotiated(browser.terms());
                assertEquals(401, browser.check("not+the+password+at+all", true, false));
                assertEquals(487, browser.check(line.leg().security().password(), true, true));
                browser.send(clientHello());
                untilDropped(studio, BrowserDrop.DTLS_STRANGER, 1);
                assertEquals(1, studio.media.dropped(BrowserDrop.CHECK_UNAUTHENTICATED));
                assertEquals(1, studio.media.dropped(BrowserDrop.CHECK_ROLE_CONFLICT));
                browser.send(io.segue.stun.Checks.request("nobody", "not+the+password+at+all", true, false));
                untilDropped(studio, BrowserDrop.CHECK_STRANGER, 1);
            }
        }
    }

    @Test
    void aHandshakeThatOvertakesTheSdpWaitsForIt() throws Exception {
        try (Studio studio = studio(1)) {
            Studio.Line line = studio.openSecure();
            try (Browser human = new Browser(line.leg(), 7)) {
                assertEquals(0, human.check(true));
                Thread shaking = Thread.ofVirtual().start(() -> {
                    try {
                        human.shake();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
                // Its answer to the check behind the first ClientHello says that this one is there.
                until("hello", () -> human.check(true) == 0 && shaking.isAlive());
                line.leg().negotiated(human.terms());
                shaking.join();
                human.say(Phone.octets(160, 0x20));
                line.await(LegEvent.FirstPacket.class);
            }
        }
    }

    @Test
    void soMuchWaitsForTheSdpAndForTheKeysAndNoMore() throws IOException {
        try (Studio studio = new Studio(1, limits(10, 8, 3, 2, 3, 30_000), keys)) {
            Studio.Line line = studio.openSecure();
            try (Browser human = new Browser(line.leg(), 7)) {
                assertEquals(0, human.check(true));
                byte[] noHello = {23, 1, 1};
                human.send(noHello);
                human.send(noHello);
                assertEquals(0, human.check(true));
                assertEquals(0, studio.media.dropped(BrowserDrop.DTLS_EARLY));
                human.send(noHello);
                untilDropped(studio, BrowserDrop.DTLS_EARLY, 1);
                byte[] packet = new byte[100];
                packet[0] = (byte) 0x80;
                for (int i = 0; i < 3; i++) {
                    human.send(packet);
                }
                assertEquals(0, human.check(true));
                assertEquals(0, studio.media.dropped(BrowserDrop.MEDIA_EARLY));
                human.send(packet);
                untilDropped(studio, BrowserDrop.MEDIA_EARLY, 1);
                line.leg().negotiated(human.terms());
                untilDropped(studio, BrowserDrop.DTLS_NO_HELLO, 2);
                human.shake();
                untilDropped(studio, BrowserDrop.MEDIA_FORGED, 3);
                human.say(Phone.octets(160, 0x20));
                line.await(LegEvent.FirstPacket.class);
            }
        }
    }

    @Test
    void aBrowserThatClosesTheConnectionIsGone() throws IOException {
        try (Studio studio = studio(1)) {
            Studio.Line line = studio.openSecure();
            try (Browser human = new Browser(line.leg(), 7).connect()) {
                human.say(Phone.octets(160, 0x20));
                line.await(LegEvent.FirstPacket.class);
                human.hangUp();
                assertEquals(Gone.Why.CLOSED, line.await(Gone.class).why());
            }
        }
    }

    @Test
    void aBrowserThatChecksNoMoreIsGone() throws IOException {
        try (Studio studio = new Studio(1, limits(10, 8, 3, 16, 32, 600), keys)) {
            Studio.Line line = studio.openSecure();
            try (Browser human = new Browser(line.leg(), 7).connect()) {
                for (int i = 0; i < 10; i++) {
                    human.talk(6, (byte) 0x20);
                    assertEquals(0, human.check(true));
                }
                assertTrue(line.all(Gone.class).isEmpty());
                human.talk(50, (byte) 0x20);
                assertEquals(Gone.Why.SILENT, line.await(Gone.class).why());
                assertEquals(1, line.all(Gone.class).size());
            }
        }
    }

    @Test
    void aBrowserThatNeverChecksIsGoneToo() {
        try (Studio studio = new Studio(1, limits(10, 8, 3, 16, 32, 300), keys)) {
            Studio.Line line = studio.openSecure();
            try (Browser human = new Browser(line.leg(), 7)) {
                line.leg().negotiated(human.terms());
                assertEquals(Gone.Why.SILENT, line.await(Gone.class).why());
            }
        }
    }

    @Test
    void opensAsManyLegsAsMayBeAndOneMoreWhenOneHasEnded() {
        try (Studio studio = new Studio(1, limits(2, 8, 3, 16, 32, 30_000), keys)) {
            Studio.Line first = studio.openSecure();
            studio.openSecure();
            assertInstanceOf(Opening.NoPort.class, studio.media.openSecure(studio.thread, event -> {}));
            assertEquals(2, studio.media.counters().browsers());
            first.leg().close();
            until("closed", () -> studio.media.counters().browsers() == 1);
            studio.openSecure();
        }
        try (Studio without = new Studio(1)) {
            assertInstanceOf(Opening.NoPort.class, without.media.openSecure(without.thread, event -> {}));
        }
    }

    @Test
    void aLegFollowsItsBrowserToTheAddressThatItNominates() throws IOException {
        try (Studio studio = studio(1)) {
            Studio.Line line = studio.openSecure();
            line.leg().hear(new Source.Playout(null));
            try (Browser human = new Browser(line.leg(), 7).connect();
                    Browser elsewhere = new Browser(line.leg(), 7)) {
                until("sent to the first", () -> human.received.size() > 3);
                assertEquals(0, elsewhere.check(false));
                int before = human.received.size();
                until("still to the first", () -> human.received.size() > before + 3);
                assertEquals(0, elsewhere.check(true));
                elsewhere.hear(human.keys());
                until("sent to the other", () -> elsewhere.received.size() > 3);
            }
        }
    }

    @Test
    void knowsAsManyAddressesOfABrowserAsMayBe() throws IOException {
        try (Studio studio = new Studio(1, limits(10, 2, 3, 16, 32, 30_000), keys)) {
            Studio.Line line = studio.openSecure();
            List<Browser> places = new ArrayList<>();
            try {
                for (int i = 0; i < 3; i++) {
                    places.add(new Browser(line.leg(), 7));
                }
                line.leg().negotiated(places.getFirst().terms());
                byte[] packet = {(byte) 0x80, 0, 0, 0};
                places.getFirst().connect();
                assertEquals(0, places.get(1).check(false));
                places.get(1).send(packet);
                untilDropped(studio, BrowserDrop.MEDIA_MALFORMED, 1);
                // The third takes the place of the second: the first is in use.
                assertEquals(0, places.get(2).check(false));
                places.get(1).send(packet);
                untilDropped(studio, BrowserDrop.MEDIA_STRANGER, 1);
                places.getFirst().send(packet);
                places.get(2).send(packet);
                untilDropped(studio, BrowserDrop.MEDIA_MALFORMED, 3);
            } finally {
                places.forEach(Browser::close);
            }
        }
    }

    @Test
    void soManyHandshakesMayFailAndThenTheLegIsLost() {
        try (Studio studio = new Studio(1, limits(10, 8, 2, 16, 32, 30_000), keys)) {
            Studio.Line line = studio.openSecure();
            // A profile that we do not speak: AES_CM_128_HMAC_SHA1_32.
            try (Browser foreign = new Browser(line.leg(), 7, 2)) {
                line.leg().negotiated(foreign.terms());
                assertEquals(0, foreign.check(true));
                assertThrows(IOException.class, foreign::shake);
                until("failed", () -> keys.counters().refused() == 1);
                assertTrue(line.all(Gone.class).isEmpty());
                try (Browser again = new Browser(line.leg(), 7, 2)) {
                    assertEquals(0, again.check(true));
                    assertThrows(IOException.class, again::shake);
                }
                assertEquals(Gone.Why.NO_KEYS, line.await(Gone.class).why());
                long before = studio.media.dropped(BrowserDrop.DTLS_OVER);
                foreign.send(clientHello());
                until("over", () -> studio.media.dropped(BrowserDrop.DTLS_OVER) > before);
            }
        }
    }

    @Test
    void anotherCertificateInAFurtherSdpMeansOtherKeys() throws IOException {
        try (Studio studio = studio(1)) {
            Studio.Line line = studio.openSecure();
            try (Browser human = new Browser(line.leg(), 7).connect()) {
                human.say(Phone.octets(160, 0x20));
                line.await(LegEvent.FirstPacket.class);
                line.leg().negotiated(human.terms(Fingerprint.of("sha-256", new byte[32])));
                human.settled();
                human.say(Phone.octets(160, 0x20));
                human.settled();
                assertEquals(1, line.leg().counters().packetsIn());
                try (Browser reloaded = new Browser(line.leg(), 9)) {
                    line.leg().negotiated(reloaded.terms());
                    reloaded.settled();
                    reloaded.shake();
                    reloaded.say(Phone.octets(160, 0x20));
                    until("heard anew", () -> line.leg().counters().packetsIn() == 2);
                }
            }
        }
    }

    @Test
    void aPageThatIsLoadedAnewIsTakenBackWithTheSameCertificateToo() throws IOException {
        try (Studio studio = studio(1)) {
            Studio.Line line = studio.openSecure();
            line.leg().hear(new Source.Playout(null));
            try (Browser human = new Browser(line.leg(), 7).connect()) {
                until("heard", () -> human.received.size() > 3);
                human.hangUp();
                line.await(Gone.class);
                try (Browser reloaded = new Browser(line.leg(), 9).connect()) {
                    reloaded.say(Phone.octets(160, 0x20));
                    line.await(LegEvent.FirstPacket.class);
                    until("heard again", () -> reloaded.received.size() > 3);
                    assertEquals(
                            human.received.getFirst().ssrc(),
                            reloaded.received.getFirst().ssrc());
                    reloaded.hangUp();
                    until("gone again", () -> line.all(Gone.class).size() == 2);
                }
            }
        }
    }

    @Test
    void aLegThatIsClosedIsForgotten() throws IOException {
        try (Studio studio = studio(3)) {
            Studio.Line line = studio.openSecure();
            try (Browser human = new Browser(line.leg(), 7).connect()) {
                line.leg().close();
                until("closed", () -> studio.media.counters().browsers() == 0);
                human.say(Phone.octets(160, 0x20));
                untilDropped(studio, BrowserDrop.MEDIA_STRANGER, 1);
                assertEquals(SrtpProfile.AEAD_AES_128_GCM, human.keys().profile());
                assertEquals(0, studio.media.counters().failures());
            }
        }
    }
}
