package io.segue.media;

import static io.segue.media.Studio.until;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.media.LegEvent;
import io.segue.flow.media.Source;
import io.segue.sdp.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the agent has played to a leg, and what is heard while it says nothing. */
class PlayoutTest {
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
            line.leg().playout().play(Phone.octets(80_000, 0x10), 0, 80_000);
            line.leg().playout().mark("a");
            line.leg().playout().mark("b");
            line.leg().playout().clear();
            until("echoes", () -> line.all(LegEvent.MarkPlayed.class).size() == 2);
            line.leg().playout().play(Phone.octets(80_000, 0x10), 0, 80_000);
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
            line.leg().playout().play(Phone.octets(480_000, 0x10), 0, 480_000);
            line.leg().playout().mark("end");
            until("taken", () -> studio.media.counters().backlogBytes() >= 480_000);
            assertEquals(0, line.leg().counters().discardedAgentBytes());
            line.leg().playout().play(Phone.octets(1, 0x11), 0, 1);
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
            line.leg().playout().play(Phone.octets(10 * 1024, 0x10), 0, 10 * 1024);
            assertEquals(0, line.leg().counters().discardedAgentBytes());
            line.leg().playout().play(Phone.octets(7, 0x10), 0, 7);
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
            line.leg().playout().play(Phone.octets(1600, 0x10), 0, 1600);
            long begun = System.nanoTime();
            line.leg().playout().awaitUtteranceEnd();
            long ended = line.await(LegEvent.UtteranceEnded.class).atNanos();
            assertTrue(ended - begun >= 380_000_000L, "200 ms of audio and 200 ms of nothing");
            line.events().clear();
            line.leg().playout().play(Phone.octets(1600, 0x10), 0, 1600);
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
            line.leg().playout().play(Phone.octets(800, 0x10), 0, 800);
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
            line.leg().playout().play(Phone.octets(800, 0x11), 0, 800);
            until("the agent", () -> caller.received.getLast().payload()[5] == 0x11);
            assertEquals(0, caller.breaks(160));
        }
    }

    @Test
    void playsFilesOnceOrOverAndTheToneForAnUnknownOne(@TempDir Path sounds) throws IOException {
        Files.write(sounds.resolve("bell.ulaw"), Phone.octets(400, 0x22));
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
}
