package io.segue.media;

import static io.segue.media.Studio.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.media.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Random;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long the caller hears no packet around a switch from the agent to a human: the loop's time is an argument here, the sockets are real. */
class GapTest {
    private static final long MS = 1_000_000;
    private static final long STEP = MS / 4;
    private static final long PACKET = 20 * MS;
    /** A deadline is met at the next tick of the wheel, and a pass here comes every {@link #STEP}. */
    private static final long GRAIN = Wheel.TICK_NANOS + STEP;

    private final Studio studio = new Studio(1);
    private final Loop[] loops = new Loop[1];
    private final Phone callersPhone = new Phone(1);
    private final Phone humansPhone = new Phone(2);
    private Leg caller;
    private Leg human;
    private long now;
    private long speaksAt;
    private int spoken;
    private IntToLongFunction lateness = packet -> 0;

    private long packets;
    private long packetAt;
    private long gap;

    @BeforeEach
    void open() {
        loops[0] = new Loop(0, loops, Limits.defaults());
        caller = leg(callersPhone);
        human = leg(humansPhone);
        now = System.nanoTime();
        speaksAt = now;
        turn();
        caller.hear(new Source.Playout(null));
        run(100 * MS);
    }

    @AfterEach
    void close() throws IOException {
        caller.close();
        human.close();
        loops[0].pass(now);
        loops[0].selector().close();
        studio.close();
        callersPhone.close();
        humansPhone.close();
    }

    private Leg leg(Phone phone) {
        InetAddress here = InetAddress.getLoopbackAddress();
        PortPair ports = PortPair.ephemeral(here, 0).orElseThrow();
        Leg leg = studio.media.open(loops[0], studio.thread, event -> {}, ports, here);
        leg.negotiated(phone.terms());
        return leg;
    }

    /** Lets time pass: the human speaks when it is due, and the loop turns. */
    private void run(long nanos) {
        for (long end = now + nanos; now < end; now += STEP) {
            humanSpeaks();
            turn();
        }
    }

    private void humanSpeaks() {
        while (speaksAt + lateness.applyAsLong(spoken) <= now) {
            long taken = human.counters().packetsIn();
            humansPhone.say(human, 0, Phone.octets(160, 0x20));
            until("the human's packet", () -> {
                ((PlainTransport) human.transport()).readRtp(now);
                return human.counters().packetsIn() > taken;
            });
            note();
            speaksAt += PACKET;
            spoken++;
        }
    }

    private void turn() {
        loops[0].pass(now);
        note();
    }

    private void note() {
        long sent = caller.counters().packetsOut();
        if (sent > packets) {
            if (packets > 0) {
                gap = Math.max(gap, now - packetAt);
            }
            packets = sent;
            packetAt = now;
        }
    }

    private void toTheHuman() {
        caller.hear(new Source.Leg(human));
        run(60 * MS);
        assertEquals(new Source.Leg(human), caller.route().current().source());
    }

    private void backToTheAgent(long phase) {
        caller.hear(new Source.Playout(null));
        // Nobody hears the human meanwhile: its clock may be moved against the playout's.
        speaksAt += phase;
        run(60 * MS);
    }

    @Test
    void isOnePacketLongInEveryPhaseBetweenTheAgentTheOrderAndTheHuman() {
        for (int phase = 0; phase < 20; phase++) {
            for (int order = 0; order < 20; order++) {
                backToTheAgent(phase * MS + STEP);
                caller.playout().play(Phone.octets(4000, 0x10), 0, 4000);
                run(40 * MS + order * MS);
                gap = 0;
                toTheHuman();
                assertTrue(gap > 0 && gap <= PACKET + GRAIN, "phase " + phase + ", order " + order + ": " + gap);
            }
        }
    }

    @Test
    void isBelow40MsAsLongAsTheHumansPacketsAreLessThanAPacketLate() {
        Random random = new Random(1);
        long[] late = random.longs(4096, 0, PACKET - GRAIN).toArray();
        lateness = packet -> late[packet % late.length];
        for (int phase = 0; phase < 100; phase++) {
            backToTheAgent(random.nextLong(PACKET));
            run(random.nextLong(PACKET));
            gap = 0;
            toTheHuman();
            run(200 * MS);
            assertTrue(gap <= 2 * PACKET, "phase " + phase + ": " + gap);
        }
    }

    @Test
    void isBelow40MsWhenTheLoopIsUpToAPacketLateAtTheSwitch() {
        for (int phase = 0; phase < 20; phase++) {
            for (long late = 0; late <= PACKET - GRAIN; late += 2 * MS) {
                backToTheAgent(phase * MS);
                run(40 * MS);
                caller.hear(new Source.Leg(human));
                turn();
                gap = 0;
                // Nothing runs, and then all at once: what was due first goes first.
                now += late;
                turn();
                humanSpeaks();
                run(60 * MS);
                assertTrue(gap <= 2 * PACKET, "phase " + phase + ", late " + late + ": " + gap);
            }
        }
    }
}
