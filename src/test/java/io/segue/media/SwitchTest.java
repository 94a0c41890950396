package io.segue.media;

import static io.segue.media.Studio.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.media.LegEvent;
import io.segue.flow.media.Source;
import io.segue.sdp.Codec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SwitchTest {
    private static boolean heard(Phone phone, int fill) {
        return phone.received.stream().anyMatch(packet -> packet.payload()[0] == (byte) fill);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void sendsSilenceFromTheMomentThereAreTermsAndGoesOn(int loops) {
        try (Studio studio = new Studio(loops);
                Phone caller = new Phone(1)) {
            Studio.Line line = studio.open(null);
            line.leg().negotiated(caller.terms());
            until("silence", () -> caller.received.size() >= 25);
            assertEquals(0, caller.breaks(160));
            assertTrue(caller.received.getFirst().marker());
            assertFalse(caller.received.get(1).marker());
            assertEquals((byte) 0xFF, caller.received.getFirst().payload()[0]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void playsTheCurrentSourceUntilTheNextOnesFirstPacket(int loops) {
        try (Studio studio = new Studio(loops);
                Phone caller = new Phone(1);
                Phone human = new Phone(2)) {
            Studio.Line a = studio.open(null);
            Studio.Line b = studio.open(null);
            a.leg().negotiated(caller.terms());
            b.leg().negotiated(human.terms());
            a.leg().hear(new Source.Playout(null));
            a.leg().playout().play(Phone.octets(8000 * 20, 0x10), 0, 8000 * 20);
            until("the agent", () -> heard(caller, 0x10));
            long t0 = System.nanoTime();
            a.leg().measureFrom(t0);
            a.leg().hear(new Source.Leg(b.leg()));
            int before = caller.received.size();
            until("the agent talks on", () -> caller.received.size() > before + 10);
            assertTrue(a.all(LegEvent.Switched.class).stream().noneMatch(s -> s.source() instanceof Source.Leg));

            human.talk(b.leg(), 30, (byte) 0x20);
            until("the human", () -> heard(caller, 0x20));
            until("switched", () -> a.all(LegEvent.Switched.class).size() == 2);
            LegEvent.Switched switched = a.all(LegEvent.Switched.class).getLast();
            assertEquals(new Source.Leg(b.leg()), switched.source());
            assertEquals(0, switched.measure().sequenceBreaks());
            assertEquals(0, switched.measure().timestampBreaks());
            assertTrue(switched.measure().gapNanos() > 0 && switched.measure().gapNanos() < 200_000_000L);
            assertEquals(0, caller.breaks(160));
            until("late agent audio is discarded", () -> a.leg().counters().discardedAgentBytes() > 0);
            int agent = (int)
                    caller.received.stream().filter(p -> p.payload()[0] == 0x10).count();
            a.leg().playout().play(Phone.octets(1600, 0x10), 0, 1600);
            until("discarded", () -> a.leg().counters().discardedAgentBytes() == 8000 * 20 + 1600 - agent * 160L);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void keepsOneTimelineOverManySwitchesUnderLoad(int loops) throws InterruptedException {
        try (Studio studio = new Studio(loops);
                Phone caller = new Phone(1);
                Phone human = new Phone(2)) {
            Studio.Line a = studio.open(null);
            Studio.Line b = studio.open(null);
            a.leg().negotiated(caller.terms());
            b.leg().negotiated(human.terms());
            Thread talking = Thread.ofPlatform().start(() -> human.talk(b.leg(), 200, (byte) 0x20));
            int switches = 0;
            while (talking.isAlive()) {
                int told = ++switches;
                Source to = switches % 2 == 1
                        ? new Source.Leg(b.leg())
                        : switches % 4 == 0 ? new Source.Filler(new Source.Sound.Tone()) : new Source.Playout(null);
                a.leg().hear(to);
                until("switch", () -> a.all(LegEvent.Switched.class).size() >= told || !talking.isAlive());
            }
            talking.join();
            assertTrue(switches > 50, "switches: " + switches);
            assertEquals(0, caller.breaks(160));
            assertTrue(caller.received.size() >= 195);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,PCMA,20", "3,PCMA,20", "1,PCMU,60", "3,PCMA,30", "1,PCMA,10", "1,PCMU,40", "1,PCMU,50"})
    void convertsLawAndPacketTimeWhereTwoLegsDiffer(int loops, Codec codec, int packetMs) {
        try (Studio studio = new Studio(loops);
                Phone caller = new Phone(1);
                Phone human = new Phone(2)) {
            Studio.Line a = studio.open(null);
            Studio.Line b = studio.open(null);
            a.leg().negotiated(caller.terms(codec, packetMs, true));
            b.leg().negotiated(human.terms());
            a.leg().hear(new Source.Leg(b.leg()));
            // 0x80 is the loudest of the mu-law and 0xAA the loudest of the A-law.
            int loudest = codec == Codec.PCMU ? 0x80 : 0xAA;
            human.talk(b.leg(), 30, (byte) 0x80);
            until("the human", () -> heard(caller, loudest));
            assertEquals(0, caller.breaks(packetMs * 8));
            assertTrue(caller.received.stream().allMatch(p -> p.payload().length == packetMs * 8));
            assertTrue(caller.received.stream().allMatch(p -> p.type() == (codec == Codec.PCMU ? 0 : 8)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void sendsNothingWhileThePeerHoldsAndLetsTimeGoOn(int loops) {
        try (Studio studio = new Studio(loops);
                Phone caller = new Phone(1)) {
            Studio.Line line = studio.open(null);
            line.leg().negotiated(caller.terms());
            until("silence", () -> caller.received.size() >= 5);
            line.leg().negotiated(caller.terms(Codec.PCMU, 20, false));
            long sent = line.leg().counters().packetsOut();
            int[] size = {0};
            until("the last packet is through", () -> {
                boolean same = size[0] == caller.received.size();
                size[0] = caller.received.size();
                java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
                return same;
            });
            assertTrue(line.leg().counters().packetsOut() <= sent + 1);
            line.leg().negotiated(caller.terms());
            int held = caller.received.size();
            until("sound again", () -> caller.received.size() > held + 5);
            assertEquals(0, caller.breaks(160));
            Phone.Received last = caller.received.get(held - 1);
            Phone.Received first = caller.received.get(held);
            double elapsed = (first.atNanos() - last.atNanos()) / 125_000.0;
            assertEquals(elapsed, first.timestamp() - last.timestamp(), 320);
            assertTrue(first.marker());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void letsSeveralLegsHearOne(int loops) {
        try (Studio studio = new Studio(loops);
                Phone one = new Phone(1);
                Phone two = new Phone(2);
                Phone three = new Phone(3);
                Phone speaker = new Phone(4)) {
            Studio.Line source = studio.open(null);
            source.leg().negotiated(speaker.terms());
            List<Phone> phones = List.of(one, two, three);
            List<Studio.Line> lines = new ArrayList<>();
            for (Phone phone : phones) {
                Studio.Line line = studio.open(null);
                line.leg().negotiated(phone.terms(phone == two ? Codec.PCMA : Codec.PCMU, 20, true));
                line.leg().hear(new Source.Leg(source.leg()));
                lines.add(line);
            }
            speaker.talk(source.leg(), 25, (byte) 0x80);
            until("all", () -> heard(one, 0x80) && heard(two, 0xAA) && heard(three, 0x80));
            for (Phone phone : phones) {
                assertEquals(0, phone.breaks(160));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void relaysAnEventWithOneTimestampThreeEndsAndTheReceiversPayloadType(int loops) {
        try (Studio studio = new Studio(loops);
                Phone caller = new Phone(1);
                Phone human = new Phone(2)) {
            Studio.Line a = studio.open(null);
            Studio.Line b = studio.open(null);
            a.leg().negotiated(caller.terms());
            b.leg().negotiated(human.terms());
            b.leg().hear(new Source.Leg(a.leg()));
            until("the caller", () -> {
                caller.talk(a.leg(), 2, (byte) 0x20);
                return heard(human, 0x20);
            });
            // The third end is lost on the way.
            for (int i = 1; i <= 6; i++) {
                int duration = Math.min(i, 5) * 160;
                byte[] payload = {5, (byte) (i >= 5 ? 0x8A : 0x0A), (byte) (duration >> 8), (byte) duration};
                caller.send(a.leg().local(), 101, i == 1, payload);
                caller.sequence++;
            }
            caller.timestamp += 960;
            caller.talk(a.leg(), 5, (byte) 0x20);
            until("what follows the event", () -> {
                List<Phone.Received> received = List.copyOf(human.received);
                int size = received.size();
                return size > 6
                        && received.subList(size - 5, size).stream().allMatch(p -> p.payload()[0] == 0x20)
                        && received.stream().anyMatch(p -> p.type() == 96);
            });
            List<Phone.Received> events =
                    human.received.stream().filter(p -> p.type() == 96).toList();
            assertEquals(7, events.size());
            assertEquals(
                    1, events.stream().map(Phone.Received::timestamp).distinct().count());
            assertEquals(3, events.stream().filter(p -> p.payload()[1] < 0).count());
            assertEquals(List.of(new LegEvent.Digit('5')), a.all(LegEvent.Digit.class));
            for (int i = 1; i < human.received.size(); i++) {
                assertEquals(
                        (human.received.get(i - 1).sequence() + 1) & 0xFFFF,
                        human.received.get(i).sequence());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void endsADigitInProgressBeforeAnotherSourceIsHeard(int loops) {
        try (Studio studio = new Studio(loops);
                Phone caller = new Phone(1)) {
            Studio.Line line = studio.open(null);
            line.leg().negotiated(caller.terms());
            until("silence", () -> caller.received.size() >= 3);
            line.leg().sendDigits("7");
            until("a digit", () -> caller.received.stream().anyMatch(p -> p.type() == 96));
            line.leg().hear(new Source.Filler(new Source.Sound.Tone()));
            until("the tone", () -> caller.received.getLast().type() == 0);
            List<Phone.Received> events =
                    caller.received.stream().filter(p -> p.type() == 96).toList();
            assertEquals(3, events.stream().filter(p -> p.payload()[1] < 0).count());
            assertTrue(events.size() < 10);
            assertEquals(
                    1, events.stream().map(Phone.Received::timestamp).distinct().count());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void sendsDigitsOf160MsWith80MsBetween(int loops) {
        try (Studio studio = new Studio(loops);
                Phone caller = new Phone(1)) {
            Studio.Line line = studio.open(null);
            line.leg().negotiated(caller.terms());
            line.leg().sendDigits("1x#");
            until(
                    "both digits",
                    () -> caller.received.stream()
                                    .filter(p -> p.type() == 96 && p.payload()[1] < 0)
                                    .count()
                            == 6);
            List<Phone.Received> events =
                    caller.received.stream().filter(p -> p.type() == 96).toList();
            assertEquals(20, events.size());
            assertEquals(
                    List.of(1, 11),
                    events.stream().map(p -> (int) p.payload()[0]).distinct().toList());
            List<Integer> starts =
                    events.stream().map(Phone.Received::timestamp).distinct().toList();
            assertEquals((160 + 80) * 8, starts.get(1) - starts.get(0), 160);
            assertEquals(
                    1280, (events.get(7).payload()[2] << 8) + (events.get(7).payload()[3] & 0xFF));
        }
    }
}
