package io.segue.media;

import static io.segue.media.Studio.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.media.LegEvent;
import io.segue.flow.media.MediaLeg;
import io.segue.flow.media.Source;
import io.segue.rtp.G711;
import io.segue.rtp.Law;
import io.segue.sdp.Codec;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums: everybody says one value over and over, so that a sum tells who is in it. */
class MixTest {
    private static final int CALLER = 1000;
    private static final int HUMAN = 2000;
    private static final int SUPERVISOR = 4000;
    private static final int AGENT = 8000;
    private static final int NEAR = 200;

    private static byte ulaw(int value) {
        return G711.encode(Law.ULAW, value);
    }

    private static int value(Phone.Received packet) {
        int at = packet.payload().length / 2;
        return G711.linear(packet.type() == 8 ? Law.ALAW : Law.ULAW, packet.payload()[at]);
    }

    private static boolean is(Phone.Received packet, int value) {
        return packet.type() != 96 && Math.abs(value(packet) - value) <= NEAR;
    }

    /** Waits until five packets in a row from now on have this value. */
    private static void hears(Phone phone, int value) {
        int from = phone.received.size();
        until("a sum of " + value, () -> {
            List<Phone.Received> all = List.copyOf(phone.received);
            List<Phone.Received> last = all.subList(Math.max(from, all.size() - 5), all.size());
            return last.size() == 5 && last.stream().allMatch(p -> is(p, value));
        });
    }

    /** Three people and a media plane. */
    private static final class Room implements AutoCloseable {
        final Studio studio;
        final Phone caller = new Phone(1);
        final Phone human = new Phone(2);
        final Phone supervisor = new Phone(3);
        final Studio.Line c;
        final Studio.Line h;
        final Studio.Line s;
        private final AtomicBoolean over = new AtomicBoolean();

        Room(int loops) {
            studio = new Studio(loops);
            c = studio.open(null);
            h = studio.open(null);
            s = studio.open(null);
            c.leg().negotiated(caller.terms());
            h.leg().negotiated(human.terms());
            s.leg().negotiated(supervisor.terms());
        }

        void talk(Phone who, MediaLeg to, int value) {
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    while (!over.get()) {
                        who.talk(to, 10, ulaw(value));
                    }
                } catch (UncheckedIOException closed) {
                    // The room is closed while somebody talks.
                }
            });
        }

        void everybodyTalks() {
            talk(caller, c.leg(), CALLER);
            talk(human, h.leg(), HUMAN);
            talk(supervisor, s.leg(), SUPERVISOR);
        }

        void listens() {
            s.leg().hear(new Source.Mix(new Source.HeardBy(c.leg()), List.of(c.leg())));
        }

        Source with(Source base) {
            return new Source.Mix(base, List.of(s.leg()));
        }

        @Override
        public void close() {
            over.set(true);
            studio.close();
            caller.close();
            human.close();
            supervisor.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void letsEverybodyHearTheOthersAndNobodyThemselves(int loops) {
        try (Room room = new Room(loops)) {
            room.c.leg().hear(new Source.Leg(room.h.leg()));
            room.h.leg().hear(new Source.Leg(room.c.leg()));
            room.listens();
            room.everybodyTalks();
            // Listening changes nothing for those who are listened to.
            hears(room.supervisor, CALLER + HUMAN);
            hears(room.caller, HUMAN);
            hears(room.human, CALLER);
            // Whispering: the human alone.
            room.h.leg().hear(room.with(new Source.Leg(room.c.leg())));
            hears(room.human, CALLER + SUPERVISOR);
            hears(room.caller, HUMAN);
            hears(room.supervisor, CALLER + HUMAN);
            // Joining.
            room.c.leg().hear(room.with(new Source.Leg(room.h.leg())));
            hears(room.caller, HUMAN + SUPERVISOR);
            hears(room.human, CALLER + SUPERVISOR);
            hears(room.supervisor, CALLER + HUMAN);
            // And back.
            room.c.leg().hear(new Source.Leg(room.h.leg()));
            room.h.leg().hear(new Source.Leg(room.c.leg()));
            hears(room.caller, HUMAN);
            hears(room.human, CALLER);
            for (Phone phone : List.of(room.caller, room.human, room.supervisor)) {
                assertEquals(0, phone.breaks(160));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void marksOneFirstPacketWhereALegBecomesAMixAndBack(int loops) {
        try (Room room = new Room(loops)) {
            room.c.leg().hear(new Source.Leg(room.h.leg()));
            room.everybodyTalks();
            hears(room.caller, HUMAN);
            int before = room.caller.received.size();
            room.c.leg().hear(room.with(new Source.Leg(room.h.leg())));
            hears(room.caller, HUMAN + SUPERVISOR);
            room.c.leg().hear(new Source.Leg(room.h.leg()));
            hears(room.caller, HUMAN);
            List<Phone.Received> after = room.caller.received.subList(before, room.caller.received.size());
            assertEquals(2, after.stream().filter(Phone.Received::marker).count());
            assertEquals(0, room.caller.breaks(160));
            assertEquals(
                    List.of(room.h.leg(), room.h.leg(), room.h.leg()),
                    room.c.all(LegEvent.Switched.class).stream()
                            .map(LegEvent.Switched::source)
                            .map(Source::saidBy)
                            .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void goesOnWithTheAgentWhenAVoiceComesAndGoes(int loops) {
        try (Room room = new Room(loops)) {
            room.c.leg().hear(new Source.Playout(null));
            room.listens();
            byte[] speech = new byte[8000 * 30];
            Arrays.fill(speech, ulaw(AGENT));
            room.c.leg().playout().play(speech, 0, speech.length);
            room.everybodyTalks();
            hears(room.supervisor, CALLER + AGENT);
            int before = room.caller.received.size();
            room.c.leg().hear(room.with(new Source.Playout(null)));
            hears(room.caller, AGENT + SUPERVISOR);
            hears(room.supervisor, CALLER + AGENT);
            room.c.leg().hear(new Source.Playout(null));
            hears(room.caller, AGENT);
            List<Phone.Received> after = room.caller.received.subList(before, room.caller.received.size());
            assertTrue(after.stream().allMatch(p -> value(p) >= AGENT - NEAR), "the agent was not heard throughout");
            assertEquals(0, after.stream().filter(Phone.Received::marker).count());
            assertEquals(0, room.c.leg().counters().discardedAgentBytes());
            assertEquals(0, room.caller.breaks(160));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void followsWhatTheCallerHearsOverASwitchWhoeverHasJoined(int loops) {
        try (Room room = new Room(loops)) {
            room.c.leg().hear(new Source.Playout(null));
            room.listens();
            byte[] speech = new byte[8000 * 30];
            Arrays.fill(speech, ulaw(AGENT));
            room.c.leg().playout().play(speech, 0, speech.length);
            room.talk(room.caller, room.c.leg(), CALLER);
            room.talk(room.supervisor, room.s.leg(), SUPERVISOR);
            room.c.leg().hear(room.with(new Source.Playout(null)));
            hears(room.caller, AGENT + SUPERVISOR);
            // A mix that begins with a leg waits for that leg's first packet.
            room.c.leg().hear(room.with(new Source.Leg(room.h.leg())));
            hears(room.caller, AGENT + SUPERVISOR);
            room.talk(room.human, room.h.leg(), HUMAN);
            hears(room.caller, HUMAN + SUPERVISOR);
            hears(room.supervisor, CALLER + HUMAN);
            assertEquals(0, room.caller.breaks(160));
            assertEquals(0, room.supervisor.breaks(160));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,PCMA,60", "3,PCMA,30", "1,PCMU,10"})
    void addsBothLawsAndAnyPacketTime(int loops, Codec codec, int packetMs) {
        try (Room room = new Room(loops)) {
            room.c.leg().negotiated(room.caller.terms(codec, packetMs, true));
            room.c.leg().hear(room.with(new Source.Leg(room.h.leg())));
            room.talk(room.human, room.h.leg(), HUMAN);
            room.talk(room.supervisor, room.s.leg(), SUPERVISOR);
            until("the sum", () -> {
                List<Phone.Received> all = List.copyOf(room.caller.received);
                List<Phone.Received> last = all.subList(Math.max(0, all.size() - 5), all.size());
                return last.size() == 5
                        && last.stream().allMatch(p -> p.payload().length == packetMs * 8 && is(p, HUMAN + SUPERVISOR));
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void staysASumWhenAnInputIsLost(int loops) {
        try (Room room = new Room(loops)) {
            room.c.leg().hear(room.with(new Source.Leg(room.h.leg())));
            room.talk(room.human, room.h.leg(), HUMAN);
            hears(room.caller, HUMAN);
            room.talk(room.supervisor, room.s.leg(), SUPERVISOR);
            hears(room.caller, HUMAN + SUPERVISOR);
            room.s.leg().close();
            hears(room.caller, HUMAN);
            assertEquals(0, room.caller.breaks(160));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void tellsTheTapOfAVoiceThatHasJoinedAndNotOfOneThatWhispers(int loops) {
        try (Room room = new Room(loops)) {
            Set<Integer> heard = Collections.newSetFromMap(new ConcurrentHashMap<>());
            room.c.leg().hear(new Source.Playout(null));
            room.c.leg().tap((buffer, offset, ms) -> heard.add((int) G711.linear(Law.ULAW, buffer[offset + 80])));
            room.h.leg().hear(room.with(new Source.Leg(room.c.leg())));
            room.everybodyTalks();
            hears(room.human, CALLER + SUPERVISOR);
            assertTrue(heard.stream().allMatch(v -> v <= CALLER + NEAR), "heard " + heard);
            room.c.leg().hear(room.with(new Source.Playout(null)));
            until("the supervisor", () -> heard.stream().anyMatch(v -> Math.abs(v - CALLER - SUPERVISOR) <= NEAR));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void pressesADigitOfTheOneWhoIsMixedOnce(int loops) {
        try (Room room = new Room(loops)) {
            room.h.leg().hear(room.with(new Source.Leg(room.c.leg())));
            until("the caller", () -> {
                room.caller.talk(room.c.leg(), 2, ulaw(CALLER));
                return room.human.received.stream().anyMatch(p -> is(p, CALLER));
            });
            for (int i = 1; i <= 7; i++) {
                int duration = Math.min(i, 5) * 160;
                byte[] payload = {5, (byte) (i >= 5 ? 0x8A : 0x0A), (byte) (duration >> 8), (byte) duration};
                room.caller.send(room.c.leg().local(), 101, i == 1, payload);
                room.caller.sequence++;
            }
            until(
                    "the digit's ends",
                    () -> room.human.received.stream()
                                    .filter(p -> p.type() == 96 && p.payload()[1] < 0)
                                    .count()
                            == 3);
            assertEquals(
                    1,
                    room.human.received.stream()
                            .filter(p -> p.type() == 96)
                            .map(Phone.Received::timestamp)
                            .distinct()
                            .count());
        }
    }

    @Test
    void saturatesAndDoesNotWrapAround() {
        try (Room room = new Room(1)) {
            room.c.leg().hear(room.with(new Source.Leg(room.h.leg())));
            room.talk(room.human, room.h.leg(), 32_000);
            room.talk(room.supervisor, room.s.leg(), 32_000);
            until("the loudest there is", () -> room.caller.received.stream().anyMatch(p -> value(p) == 32_124));
            assertTrue(room.caller.received.stream().noneMatch(p -> value(p) < 0));
        }
    }

    @Test
    void isOfAsManyVoicesAsTheLimitAndNotOneMore() {
        try (Studio studio = new Studio(1)) {
            List<MediaLeg> legs = java.util.stream.Stream.generate(
                            () -> (MediaLeg) studio.open(null).leg())
                    .limit(Source.Mix.VOICES_MAX + 1)
                    .toList();
            Source base = new Source.Silence();
            assertEquals(
                    Source.Mix.VOICES_MAX,
                    new Source.Mix(base, legs.subList(0, Source.Mix.VOICES_MAX))
                            .voices()
                            .size());
            assertThrows(IllegalArgumentException.class, () -> new Source.Mix(base, legs));
            assertThrows(IllegalArgumentException.class, () -> new Source.Mix(base, List.of()));
            Source mix = new Source.Mix(base, legs.subList(0, 1));
            assertThrows(IllegalArgumentException.class, () -> new Source.Mix(mix, legs.subList(1, 2)));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new Source.Mix(new Source.Leg(legs.getFirst()), legs.subList(0, 1)));
        }
    }
}
