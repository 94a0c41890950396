package io.segue.media;

import static io.segue.media.Studio.until;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.LegEvent;
import io.segue.flow.MediaPlane.Opening;
import io.segue.flow.MediaTerms.Codec;
import io.segue.flow.Source;
import io.segue.rtp.Rtcp;
import io.segue.rtp.RtcpReader;
import io.segue.rtp.RtcpWriter;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegTest {
    private static Limits quick(Limits l) {
        return new Limits(
                l.backlogMsMax(),
                l.backlogPoolBytesMax(),
                l.marksMax(),
                l.tapFramesMax(),
                l.crossingPacketsMax(),
                l.loopEventsMax(),
                l.receiveBufferBytes(),
                300,
                400,
                200,
                l.digitsMax(),
                l.soundBytesMax());
    }

    private static byte[] octets(int length, int fill) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) fill);
        return octets;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void latchesToTheFirstSourceOnceAndKeepsStrangersOut(int loops) {
        try (Studio studio = new Studio(loops);
                Phone negotiated = new Phone(1);
                Phone real = new Phone(2);
                Phone stranger = new Phone(3)) {
            Studio.Line line = studio.open(null);
            stranger.talk(line.leg(), 2, (byte) 0x30);
            line.leg().negotiated(negotiated.terms());
            until("sent to the negotiated address", () -> !negotiated.received.isEmpty());
            real.talk(line.leg(), 3, (byte) 0x20);
            line.await(LegEvent.FirstPacket.class);
            until("sent to the latched address", () -> real.received.size() > 3);
            long before = line.leg().counters().packetsIn();
            stranger.talk(line.leg(), 5, (byte) 0x30);
            real.talk(line.leg(), 2, (byte) 0x20);
            until("the real one", () -> line.leg().counters().packetsIn() == before + 2);
            assertTrue(stranger.received.isEmpty());

            // The same address agreed on again changes nothing; another one does.
            line.leg().negotiated(negotiated.terms());
            real.talk(line.leg(), 2, (byte) 0x20);
            until("still the real one", () -> line.leg().counters().packetsIn() == before + 4);
            line.leg().negotiated(stranger.terms());
            until("sent to the new address", () -> stranger.received.size() > 2);
            stranger.talk(line.leg(), 2, (byte) 0x30);
            until("the new one", () -> line.leg().counters().packetsIn() == before + 6);
            int heard = real.received.size();
            int strangers = stranger.received.size();
            until("more", () -> stranger.received.size() > strangers + 5);
            assertTrue(real.received.size() <= heard + 1);
        }
    }

    @Test
    void countsStrangersAndGarbage() {
        try (Studio studio = new Studio(1);
                Phone peer = new Phone(1);
                Phone stranger = new Phone(3)) {
            Studio.Line line = studio.open(null);
            stranger.talk(line.leg(), 3, (byte) 0x30);
            until("strangers", () -> line.leg().counters().strangers() == 3);
            line.leg().negotiated(peer.terms());
            until("the terms are known", () -> !peer.received.isEmpty());
            peer.say(line.leg(), 0, octets(160, 0x20));
            line.await(LegEvent.FirstPacket.class);
            peer.say(line.leg(), 77, octets(160, 0x20));
            peer.say(line.leg(), 0, new byte[0]);
            peer.send(line.leg().local(), 101, false, new byte[] {1});
            until("refused", () -> line.leg().counters().refused() >= 3);
            peer.say(line.leg(), 0, octets(160, 0x20));
            until("well again", () -> line.leg().counters().packetsIn() >= 2);
            assertEquals(0, studio.media.counters().failures());
        }
    }

    @ParameterizedTest
    @CsvSource({"1,20", "3,20", "1,30", "3,10", "1,60"})
    void playsChunksOfAnySizeInOrderWithTheirMarks(int loops, int packetMs) {
        try (Studio studio = new Studio(loops);
                Phone caller = new Phone(1)) {
            Studio.Line line = studio.open(null);
            line.leg().hear(new Source.Playout(null));
            byte[] speech = new byte[5123];
            for (int i = 0; i < speech.length; i++) {
                speech[i] = (byte) (i % 100 + 1);
            }
            int at = 0;
            for (int size : new int[] {1, 159, 160, 161, 3, 2000, 2639}) {
                line.leg().playout().play(speech, at, size);
                at += size;
                line.leg().playout().mark("m" + at);
            }
            line.leg().negotiated(caller.terms(Codec.PCMU, packetMs, true));
            until("marks", () -> line.all(LegEvent.MarkPlayed.class).size() == 7);
            assertEquals(
                    List.of("m1", "m160", "m320", "m481", "m484", "m2484", "m5123"),
                    line.all(LegEvent.MarkPlayed.class).stream()
                            .map(LegEvent.MarkPlayed::name)
                            .toList());
            until("silence after it", () -> caller.received.getLast().payload()[0] == -1);
            byte[] heard = heard(caller);
            assertArrayEquals(speech, Arrays.copyOfRange(heard, 0, speech.length));
            until("ran out", () -> line.all(LegEvent.Playing.class).size() == 2);
            assertEquals(0, caller.breaks(packetMs * 8));
            assertEquals(0, studio.media.counters().backlogBytes());
        }
    }

    /** What was heard from the first octet that is not silence on. */
    private static byte[] heard(Phone phone) {
        List<Byte> octets = new ArrayList<>();
        for (Phone.Received packet : List.copyOf(phone.received)) {
            for (byte octet : packet.payload()) {
                if (!octets.isEmpty() || octet != -1) {
                    octets.add(octet);
                }
            }
        }
        byte[] all = new byte[octets.size()];
        IntStream.range(0, all.length).forEach(i -> all[i] = octets.get(i));
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void echoesMarksInOrderAtAClearAndAtASwitch(int loops) {
        try (Studio studio = new Studio(loops);
                Phone caller = new Phone(1)) {
            Studio.Line line = studio.open(null);
            line.leg().negotiated(caller.terms());
            line.leg().hear(new Source.Playout(null));
            line.leg().playout().play(octets(80_000, 0x10), 0, 80_000);
            line.leg().playout().mark("a");
            line.leg().playout().mark("b");
            line.leg().playout().clear();
            until("echoes", () -> line.all(LegEvent.MarkPlayed.class).size() == 2);
            line.leg().playout().play(octets(80_000, 0x10), 0, 80_000);
            line.leg().playout().mark("c");
            line.leg().hear(new Source.Silence());
            line.leg().playout().mark("d");
            until("echoes", () -> line.all(LegEvent.MarkPlayed.class).size() == 4);
            assertEquals(
                    List.of("a", "b", "c", "d"),
                    line.all(LegEvent.MarkPlayed.class).stream()
                            .map(LegEvent.MarkPlayed::name)
                            .toList());
            until("all given back", () -> studio.media.counters().backlogBytes() == 0);
        }
    }

    @Test
    void holdsABacklogOf60SecondsAndDropsTheOldestBeyond() {
        try (Studio studio = new Studio(1)) {
            Studio.Line line = studio.open(null);
            line.leg().playout().play(octets(480_000, 0x10), 0, 480_000);
            line.leg().playout().mark("end");
            until("taken", () -> studio.media.counters().backlogBytes() >= 480_000);
            assertEquals(0, line.leg().counters().discardedAgentBytes());
            line.leg().playout().play(octets(1, 0x11), 0, 1);
            until("dropped", () -> line.leg().counters().discardedAgentBytes() == 1);
        }
    }

    @Test
    void refusesAgentAudioBeyondThePoolAndLeavesTheOthersAlone() {
        try (Studio studio = new Studio(
                1,
                4,
                null,
                l -> new Limits(
                        l.backlogMsMax(),
                        10 * 1024,
                        2,
                        l.tapFramesMax(),
                        l.crossingPacketsMax(),
                        l.loopEventsMax(),
                        l.receiveBufferBytes(),
                        l.portRestMs(),
                        l.rtpTimeoutMs(),
                        l.rtcpIntervalMs(),
                        l.digitsMax(),
                        l.soundBytesMax()))) {
            Studio.Line line = studio.open(null);
            line.leg().playout().play(octets(10 * 1024, 0x10), 0, 10 * 1024);
            assertEquals(0, line.leg().counters().discardedAgentBytes());
            line.leg().playout().play(octets(7, 0x10), 0, 7);
            until("refused", () -> line.leg().counters().discardedAgentBytes() == 7);
            line.leg().playout().mark("1");
            line.leg().playout().mark("2");
            line.leg().playout().mark("3");
            assertEquals("1", line.await(LegEvent.MarkPlayed.class).name());
            line.leg().close();
            until("given back", () -> studio.media.counters().backlogBytes() == 0);
        }
    }

    @Test
    void tellsTheEndOfTheUtteranceAtTheLastMarkOrAfter200Ms() {
        try (Studio studio = new Studio(1);
                Phone caller = new Phone(1)) {
            Studio.Line line = studio.open(null);
            line.leg().negotiated(caller.terms());
            line.leg().hear(new Source.Playout(null));
            line.leg().playout().play(octets(1600, 0x10), 0, 1600);
            long begun = System.nanoTime();
            line.leg().playout().awaitUtteranceEnd();
            long ended = line.await(LegEvent.UtteranceEnded.class).atNanos();
            assertTrue(ended - begun >= 380_000_000L, "200 ms of audio and 200 ms of nothing");
            line.events().clear();
            line.leg().playout().play(octets(1600, 0x10), 0, 1600);
            line.leg().playout().mark("end");
            line.leg().playout().awaitUtteranceEnd();
            line.await(LegEvent.UtteranceEnded.class);
            assertEquals(1, line.all(LegEvent.MarkPlayed.class).size());
            line.events().clear();
            line.leg().playout().awaitUtteranceEnd();
            line.await(LegEvent.UtteranceEnded.class);
        }
    }

    @Test
    void comfortsTheCallerWhenTheAgentIsMuteUntilItSpeaks() {
        try (Studio studio = new Studio(1);
                Phone caller = new Phone(1)) {
            Studio.Line line = studio.open(null);
            line.leg().negotiated(caller.terms());
            line.leg().hear(new Source.Playout(null));
            line.leg().playout().play(octets(800, 0x10), 0, 800);
            line.await(LegEvent.Playing.class);
            line.leg().measureFrom(System.nanoTime());
            line.leg().hear(new Source.Playout(new Source.Comfort(new Source.Sound.Tone(), 400)));
            until(
                    "comfort",
                    () -> !caller.received.isEmpty()
                            && caller.received.getLast().payload()[5] != -1
                            && caller.received.getLast().payload()[5] != 0x10);
            long quiet =
                    caller.received.stream().filter(p -> p.payload()[5] == -1).count();
            assertTrue(quiet >= 19, "silence before it: " + quiet);
            line.leg().playout().play(octets(800, 0x11), 0, 800);
            until("the agent", () -> caller.received.getLast().payload()[5] == 0x11);
            assertEquals(0, caller.breaks(160));
        }
    }

    @Test
    void playsFilesOnceOrOverAndTheToneForAnUnknownOne(@TempDir Path sounds) throws IOException {
        Files.write(sounds.resolve("bell.ulaw"), octets(400, 0x22));
        try (Studio studio = new Studio(1, 4, sounds, l -> l);
                Phone caller = new Phone(1)) {
            Studio.Line line = studio.open(null);
            line.leg().negotiated(caller.terms());
            line.leg().hear(new Source.Filler(new Source.Sound.Once("bell")));
            assertEquals("bell", line.await(LegEvent.SoundEnded.class).id());
            until("silence", () -> caller.received.getLast().payload()[0] == -1);
            assertEquals(
                    400,
                    caller.received.stream()
                            .mapToLong(p -> IntStream.range(0, p.payload().length)
                                    .filter(i -> p.payload()[i] == 0x22)
                                    .count())
                            .sum());
            line.leg().hear(new Source.Filler(new Source.Sound.File("bell")));
            int size = caller.received.size();
            until(
                    "over and over",
                    () -> caller.received.size() > size + 8
                            && caller.received.getLast().payload()[80] == 0x22);
            assertEquals(0, studio.media.counters().soundsUnknown());
            line.leg().hear(new Source.Filler(new Source.Sound.File("../bell")));
            until("the tone", () -> caller.received.getLast().payload()[85] != 0x22);
            assertEquals(1, studio.media.counters().soundsUnknown());
            line.leg().hear(new Source.Filler(new Source.Sound.File("nobody-has-this")));
            until("counted", () -> studio.media.counters().soundsUnknown() == 2);
            assertEquals(1, line.all(LegEvent.SoundEnded.class).size());
        }
    }

    @Test
    void theNegotiatedAddressTakesTheLegBackFromAStrangerWhoWasFirst() {
        try (Studio studio = new Studio(1);
                Phone caller = new Phone(1);
                Phone stranger = new Phone(3)) {
            Studio.Line line = studio.open(null);
            line.leg().negotiated(caller.terms());
            stranger.talk(line.leg(), 2, (byte) 0x30);
            until("the stranger's", () -> line.leg().counters().packetsIn() == 2);
            caller.talk(line.leg(), 5, (byte) 0x20);
            until("the caller's", () -> line.leg().counters().packetsIn() >= 6);
            int heard = caller.received.size();
            until("sent to the caller", () -> caller.received.size() > heard + 5);
            int theirs = stranger.received.size();
            long taken = line.leg().counters().packetsIn();
            stranger.talk(line.leg(), 5, (byte) 0x30);
            assertEquals(theirs, stranger.received.size());
            assertEquals(taken, line.leg().counters().packetsIn());
        }
    }

    @ParameterizedTest
    @CsvSource({"1,160,PCMU", "3,240,PCMU", "1,480,PCMA"})
    void tapsTheCallerAs20MsOfUlawOnTheCallsThread(int loops, int samples, Codec codec) {
        try (Studio studio = new Studio(loops);
                Phone caller = new Phone(1)) {
            Studio.Line line = studio.open(null);
            line.leg().negotiated(caller.terms(codec, 20, true));
            List<byte[]> frames = new CopyOnWriteArrayList<>();
            List<Long> times = new CopyOnWriteArrayList<>();
            boolean[] elsewhere = {false};
            line.leg().tap((buffer, offset, ms) -> {
                elsewhere[0] |= !studio.thread.isCurrent();
                frames.add(Arrays.copyOfRange(buffer, offset, offset + 160));
                times.add(ms);
            });
            until("silence while the caller sends nothing", () -> frames.size() >= 10);
            int loudest = codec == Codec.PCMU ? 0x80 : 0xAA;
            int type = codec == Codec.PCMU ? 0 : 8;
            for (int i = 0; i < 4; i++) {
                caller.say(line.leg(), type, octets(samples, loudest));
                int taken = i + 1;
                until("taken", () -> line.leg().counters().packetsIn() == taken);
                // As far apart as a phone's: a packet that meets the moment of connecting is lost.
                LockSupport.parkNanos(20_000_000);
            }
            until(
                    "the caller",
                    () -> frames.stream()
                                    .filter(frame -> frame[80] == (byte) 0x80)
                                    .count()
                            >= 4 * samples / 160 - 1);
            int size = frames.size();
            until("silence again", () -> frames.size() > size + 5);
            for (int i = 0; i < times.size(); i++) {
                assertEquals(i * 20L, times.get(i));
            }
            assertTrue(!elsewhere[0]);
            assertEquals(0, line.leg().counters().tapDropped());
            line.leg().untap();
        }
    }

    @Test
    void dropsTheOldestFramesOfATapThatIsNotReadAndCountsThem() {
        TapRing ring = new TapRing(3, (buffer, offset, ms) -> {});
        assertTrue(ring.put(octets(160, 1)));
        assertTrue(ring.put(octets(160, 2)));
        assertTrue(ring.put(octets(160, 3)));
        assertTrue(!ring.put(octets(160, 4)));
        List<Long> read = new ArrayList<>();
        TapRing other = new TapRing(3, (buffer, offset, ms) -> read.add(ms));
        for (int i = 0; i < 5; i++) {
            other.put(octets(160, i));
        }
        other.drain();
        assertEquals(List.of(40L, 60L, 80L), read);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void tellsWhenTheCallerTalksIsLostAndComesBack(int loops) {
        try (Studio studio = new Studio(loops, 4, null, LegTest::quick);
                Phone caller = new Phone(1)) {
            Studio.Line line = studio.open(null);
            line.leg().negotiated(caller.terms());
            caller.talk(line.leg(), 10, (byte) 0x80);
            assertTrue(line.await(LegEvent.Talking.class).speaking());
            line.await(LegEvent.RtpLost.class);
            assertEquals(2, line.all(LegEvent.Talking.class).size());
            caller.talk(line.leg(), 1, (byte) 0xFF);
            line.await(LegEvent.RtpBack.class);
        }
    }

    @Test
    void reportsToThePeerAndLearnsTheRoundTrip() throws IOException {
        try (Studio studio = new Studio(1, 4, null, LegTest::quick);
                Phone caller = new Phone(7)) {
            Studio.Line line = studio.open(null);
            line.leg().negotiated(caller.terms());
            caller.talk(line.leg(), 5, (byte) 0x20);
            until("a report", () -> caller.reports.size() >= 2);
            byte[] last = caller.reports.getLast();
            List<Rtcp> read =
                    RtcpReader.read(ByteBuffer.wrap(last), 0, last.length).orElseThrow();
            Rtcp.SenderReport report = assertInstanceOf(Rtcp.SenderReport.class, read.getFirst());
            assertEquals(7, report.blocks().getFirst().ssrc());
            assertEquals(caller.received.getFirst().ssrc(), report.ssrc());
            ByteBuffer answer = ByteBuffer.allocate(200);
            Rtcp.ReportBlock block = new Rtcp.ReportBlock(report.ssrc(), 0, 0, 0, 0, (int) (report.ntp() >> 16), 0);
            RtcpWriter.receiverReport(answer, 7, block);
            InetSocketAddress local = line.leg().local();
            caller.rtcp.send(new DatagramPacket(
                    answer.array(), answer.position(), new InetSocketAddress(local.getAddress(), local.getPort() + 1)));
            until("the round trip", () -> line.leg().counters().roundTripMs() >= 0);
            line.leg().close();
            int reports = caller.reports.size();
            until("goodbye", () -> {
                byte[] bye = caller.reports.getLast();
                return RtcpReader.read(ByteBuffer.wrap(bye), 0, bye.length).orElseThrow().stream()
                        .anyMatch(Rtcp.Bye.class::isInstance);
            });
            assertTrue(caller.reports.size() >= reports);
        }
    }

    @Test
    void refusesALegBeyondThePortsAndLetsThemRest() {
        try (Studio studio = new Studio(1, 3, null, LegTest::quick)) {
            List<Studio.Line> lines = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                lines.add(studio.open(null));
            }
            assertEquals(0, lines.getFirst().leg().local().getPort() % 2);
            assertInstanceOf(Opening.NoPort.class, studio.media.open(studio.thread, e -> {}, null));
            assertEquals(1, studio.media.counters().portShortages());
            lines.getFirst().leg().close();
            until("closed", () -> studio.media.counters().portsUsed() == 2);
            assertInstanceOf(Opening.NoPort.class, studio.media.open(studio.thread, e -> {}, null));
            until("rested", () -> studio.media.counters().portsFree() == 1);
            assertEquals(lines.getFirst().leg().local(), studio.open(null).leg().local());
        }
    }

    @Test
    void bindsBothPortsOfAPairOrNeither() throws IOException {
        try (Studio studio = new Studio(1, 2, null, LegTest::quick)) {
            Studio.Line first = studio.open(null);
            int above = first.leg().local().getPort() + 3;
            try (java.net.DatagramSocket squatter =
                    new java.net.DatagramSocket(above, first.leg().local().getAddress())) {
                assertInstanceOf(Opening.NoPort.class, studio.media.open(studio.thread, e -> {}, null));
                try (java.net.DatagramSocket free = new java.net.DatagramSocket(
                        squatter.getLocalPort() - 1, first.leg().local().getAddress())) {
                    assertTrue(free.isBound());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void turnsWarmsUpAndEnds(int loops) {
        Studio studio = new Studio(loops, 2, null, l -> l);
        studio.media.warmUp();
        assertEquals(0, studio.media.counters().failures());
        assertEquals(0, studio.media.counters().portsUsed());
        assertTrue(studio.media.turning(1000));
        Studio.Line line = studio.open(null);
        studio.close();
        assertTrue(line.leg().isClosed());
        assertTrue(!studio.media.turning(1000));
        assertInstanceOf(Opening.NoPort.class, studio.media.open(studio.thread, e -> {}, null));
    }
}
