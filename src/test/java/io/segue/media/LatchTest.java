package io.segue.media;

import static io.segue.media.Studio.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.media.LegEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose packets a leg takes. */
class LatchTest {
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
            assertEquals(3, studio.media.counters().strangers());
            line.leg().negotiated(peer.terms());
            until("the terms are known", () -> !peer.received.isEmpty());
            peer.say(line.leg(), 0, Phone.octets(160, 0x20));
            line.await(LegEvent.FirstPacket.class);
            peer.say(line.leg(), 77, Phone.octets(160, 0x20));
            peer.say(line.leg(), 0, new byte[0]);
            peer.send(line.leg().local(), 101, false, new byte[] {1});
            until("refused", () -> line.leg().counters().refused() >= 3);
            peer.say(line.leg(), 0, Phone.octets(160, 0x20));
            until("well again", () -> line.leg().counters().packetsIn() >= 2);
            assertEquals(0, studio.media.counters().failures());
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

    @Test
    void countsStrangersAfterLatchingUntilTheKernelKeepsThemOut() {
        try (Studio studio = new Studio(1);
                Phone negotiated = new Phone(1);
                Phone real = new Phone(2);
                Phone stranger = new Phone(3)) {
            Studio.Line line = studio.open(null);
            line.leg().negotiated(negotiated.terms());
            until("the terms are known", () -> !negotiated.received.isEmpty());
            // Behind a NAT: the negotiated address may still take the leg back, so that the socket takes packets from
            // anywhere.
            real.say(line.leg(), 0, Phone.octets(160, 0x20));
            line.await(LegEvent.FirstPacket.class);
            stranger.say(line.leg(), 0, Phone.octets(160, 0x30));
            until("counted", () -> studio.media.counters().strangers() == 1);
            assertEquals(1, line.leg().counters().packetsIn());

            // From its own address: the socket is connected, and strangers do not reach the process any more.
            negotiated.say(line.leg(), 0, Phone.octets(160, 0x20));
            until("the caller's", () -> line.leg().counters().packetsIn() == 2);
            stranger.say(line.leg(), 0, Phone.octets(160, 0x30));
            negotiated.say(line.leg(), 0, Phone.octets(160, 0x20));
            until("the caller's", () -> line.leg().counters().packetsIn() >= 3);
            assertEquals(1, studio.media.counters().strangers());

            line.leg().close();
            until("closed", () -> studio.media.counters().portsUsed() == 0);
            assertEquals(1, studio.media.counters().strangers());
        }
    }
}
