package io.segue.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final Map<String, Object> BODY = Map.of("outcome", "approved", "by", "sam");

    private long now = 1_000_000;
    private final Seal a = new Seal(Gateways.SIGNING_KEY, "a", () -> 1_000_000);
    private final Seal b = new Seal(Gateways.SIGNING_KEY, "b", () -> now);

    @Test
    void whatAGatewayWithTheSameKeySendsIsBelieved() {
        Seal.Opened.Good good =
                assertInstanceOf(Seal.Opened.Good.class, b.open("order", a.seal("order", "b", "r1", BODY)));
        assertEquals(new Seal.Opened.Good("a", "r1", BODY), good);
    }

    @Test
    void whatWasChangedOnTheWayOrMadeUpIsNot() {
        String sealed = a.seal("order", "b", "r1", BODY);
        isRefused("not signed", sealed.replace("sam", "eve"));
        isRefused("not signed", sealed.substring(sealed.indexOf('.')));
        isRefused("not signed", sealed.substring(sealed.indexOf('.') + 1));
        isRefused("not signed", "");
        Seal stranger = new Seal("another key".getBytes(StandardCharsets.UTF_8), "a", () -> now);
        isRefused("not signed", stranger.seal("order", "b", "r1", BODY));
    }

    @Test
    void whatIsForAnotherGatewayOrOfAnotherKindIsNot() {
        isRefused("another gateway", a.seal("order", "c", "r1", BODY));
        isRefused("another kind", a.seal("answer", "b", "r1", BODY));
    }

    @Test
    void aMessageOfThirtySecondsIsBelievedAndOneOfAMillisecondMoreIsNot() {
        String early = a.seal("order", "b", "r1", BODY);
        String late = a.seal("order", "b", "r2", BODY);
        now += Seal.AGE_MS_MAX;
        assertInstanceOf(Seal.Opened.Good.class, b.open("order", early));
        now++;
        isRefused("another time", late);
    }

    @Test
    void aSendersClockMayBeThirtySecondsAheadAndNotAMillisecondMore() {
        now -= Seal.AGE_MS_MAX;
        assertInstanceOf(Seal.Opened.Good.class, b.open("order", a.seal("order", "b", "r1", BODY)));
        now--;
        isRefused("another time", a.seal("order", "b", "r2", BODY));
    }

    @Test
    void aMessageIsGoodOnce() {
        String sealed = a.seal("order", "b", "r1", BODY);
        assertInstanceOf(Seal.Opened.Good.class, b.open("order", sealed));
        isRefused("before", sealed);
        now += Seal.AGE_MS_MAX;
        isRefused("before", sealed);
    }

    @Test
    void asManyAsCanBeRememberedAreBelievedAndOneMoreOnlyLater() {
        Seal small = new Seal(Gateways.SIGNING_KEY, "b", () -> now, 2);
        Seal sender = new Seal(Gateways.SIGNING_KEY, "a", () -> now);
        assertInstanceOf(Seal.Opened.Good.class, small.open("order", sender.seal("order", "b", "r1", BODY)));
        assertInstanceOf(Seal.Opened.Good.class, small.open("order", sender.seal("order", "b", "r2", BODY)));
        assertInstanceOf(Seal.Opened.Bad.class, small.open("order", sender.seal("order", "b", "r3", BODY)));
        now += Seal.AGE_MS_MAX + 1;
        assertInstanceOf(Seal.Opened.Good.class, small.open("order", sender.seal("order", "b", "r4", BODY)));
    }

    private void isRefused(String why, String message) {
        Seal.Opened.Bad bad = assertInstanceOf(Seal.Opened.Bad.class, b.open("order", message));
        assertTrue(bad.why().contains(why), bad.why());
    }
}
