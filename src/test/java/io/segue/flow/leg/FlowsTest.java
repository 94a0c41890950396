package io.segue.flow.leg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.sip.transaction.ConnectionId;
import io.segue.sip.transaction.Destination;
import io.segue.sip.transaction.Transport;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlowsTest {
    private static final String INSTANCE = "<urn:uuid:1>";

    private final Flows flows = new Flows(15_000);
    private final List<String> news = new ArrayList<>();

    private static Destination socket(long number) {
        return Destination.webSocket(
                Transport.WS, new ConnectionId(number), new InetSocketAddress("192.0.2.7", (int) (40_000 + number)));
    }

    private Flows.Cancel watch(String name, Destination way) {
        return flows.watch(way, new Flows.Watcher() {
            @Override
            public void lost() {
                news.add(name + " lost");
            }

            @Override
            public void back() {
                news.add(name + " back");
            }

            @Override
            public void replaced() {
                news.add(name + " replaced");
            }
        });
    }

    @Test
    void aPageThatComesBackIsReachedDownItsNewSocket() {
        flows.registered("anna", "page", INSTANCE, socket(1), 0);
        watch("call", socket(1));
        flows.lost(new ConnectionId(1), 1_000);
        assertEquals(socket(1), flows.now(socket(1)));
        flows.registered("anna", "page", INSTANCE, socket(2), 3_000);
        assertEquals(socket(2), flows.now(socket(1)));
        flows.registered("anna", "page", INSTANCE, socket(3), 4_000);
        assertEquals(socket(3), flows.now(socket(1)));
        // The second socket closes after the third is there.
        flows.lost(new ConnectionId(2), 5_000);
        assertEquals(socket(3), flows.now(socket(2)));
        assertEquals(List.of("call lost", "call back", "call back"), news);
    }

    @Test
    void aPageThatIsLoadedAnewTakesThePlaceOfTheOldOneOfItsInstance() {
        flows.registered("anna", "page", INSTANCE, socket(1), 0);
        watch("call", socket(1));
        flows.registered("anna", "reloaded", INSTANCE, socket(2), 1_000);
        assertEquals(List.of("call replaced"), news);
        assertEquals(socket(1), flows.now(socket(1)), "the old dialogs lead nowhere");
        flows.lost(new ConnectionId(1), 2_000);
        assertEquals(1, news.size());
    }

    @Test
    void aPageWithoutAnInstanceTakesThePlaceOfOneThatIsGone() {
        flows.registered("anna", "page", null, socket(1), 0);
        watch("call", socket(1));
        flows.lost(new ConnectionId(1), 1_000);
        flows.registered("anna", "reloaded", null, socket(2), 2_000);
        assertEquals(List.of("call lost", "call replaced"), news);
    }

    @Test
    void twoTabsAndTwoHumansDoNotConcernEachOther() {
        flows.registered("anna", "tab 1", "<urn:uuid:1>", socket(1), 0);
        flows.registered("anna", "tab 2", "<urn:uuid:2>", socket(2), 0);
        flows.registered("ben", "tab 1", "<urn:uuid:1>", socket(3), 0);
        watch("anna 1", socket(1));
        watch("anna 2", socket(2));
        watch("ben", socket(3));
        flows.lost(new ConnectionId(2), 1_000);
        flows.registered("anna", "tab 1", "<urn:uuid:1>", socket(1), 2_000);
        assertEquals(List.of("anna 2 lost"), news);
        assertEquals(socket(3), flows.now(socket(3)));
    }

    @Test
    void tellsAtOnceOfAPageThatIsGoneAlreadyAndNothingOnceNobodyWatches() {
        flows.registered("anna", "page", INSTANCE, socket(1), 0);
        Flows.Cancel watching = watch("first", socket(1));
        watching.cancel();
        flows.lost(new ConnectionId(1), 1_000);
        watch("second", socket(1));
        assertEquals(List.of("second lost"), news);
    }

    @Test
    void forgetsAPageThatDoesNotComeBack() {
        flows.registered("anna", "page", INSTANCE, socket(1), 0);
        flows.lost(new ConnectionId(1), 0);
        flows.registered("ben", "other", INSTANCE, socket(2), 30_000);
        flows.registered("anna", "page", INSTANCE, socket(3), 30_000);
        assertEquals(socket(3), flows.now(socket(1)), "at the limit");
        flows.lost(new ConnectionId(3), 30_000);
        flows.registered("ben", "other", INSTANCE, socket(4), 60_001);
        flows.registered("anna", "page", INSTANCE, socket(5), 60_001);
        assertEquals(socket(1), flows.now(socket(1)), "past it");
    }

    @Test
    void leavesAWayThatIsNoPagesAlone() {
        Destination phone = Destination.udp(new InetSocketAddress("192.0.2.8", 5060));
        assertEquals(phone, flows.now(phone));
        watch("phone", phone);
        assertEquals(List.of(), news);
    }
}
