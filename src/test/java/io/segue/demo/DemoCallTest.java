package io.segue.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.demo.phone.AnswerPlan;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DemoCallTest {
    @Test
    void tellsWhatEachSideHeardAndWhen() {
        try (PuppetGateway puppet = new PuppetGateway(PuppetGateway.Fault.NONE)) {
            JsonObject account = DemoCall.run(puppet.seen(), new DemoCall.Order(500, 1));
            assertTrue(account.getBoolean("seamless"), account.encodePrettily());
            JsonObject call = account.getJsonArray("calls").getJsonObject(0);
            JsonObject judged = call.getJsonObject("judgedAtTheSockets");
            assertEquals(PuppetGateway.CALL, call.getString("callId"));
            assertEquals(510, judged.getJsonObject("timeline").getDouble("humanAnswered"), 400);
            assertTrue(judged.getDouble("answerToHeardMs") < 400, account.encodePrettily());
            assertTrue(judged.getDouble("deadAirMs") < 300, account.encodePrettily());
            assertEquals(List.of("agent", "human"), who(call, "caller"));
            assertEquals(List.of("caller"), who(call, "human"));
            assertEquals(0, puppet.documents(), "what was written is taken away again");
        }
    }

    @Test
    void findsDeadAirWhereThereIsSome() {
        Handoff handoff = handoff(PuppetGateway.Fault.SILENT_WHILE_IT_RINGS, 600);
        assertTrue(handoff.deadAirMs() > 500 && handoff.deadAirMs() < 900, handoff.toString());
        // Silence is no gap: packets came all along, as fast as this machine sends them.
        assertTrue(handoff.gapMs() < 300, handoff.toString());
        assertEquals(0, handoff.sipToCaller().size());
    }

    @Test
    void findsEverySipMessageToTheCaller() {
        Handoff handoff = handoff(PuppetGateway.Fault.REINVITES_THE_CALLER, 300);
        assertTrue(handoff.sipToCaller().getFirst().firstLine().startsWith("INVITE "), handoff.toString());
    }

    @Test
    void saysInASentenceWhatWentWrong() {
        try (Gateway nobody =
                new Gateway(new InetSocketAddress("127.0.0.1", 9), URI.create("http://127.0.0.1:9"), "")) {
            DemoFailed failed = assertThrows(DemoFailed.class, () -> DemoCall.run(nobody, DemoCall.Order.usual()));
            assertTrue(String.valueOf(failed.getMessage()).startsWith("PUT http://127.0.0.1:9/trunks"));
        }
    }

    @Test
    void takesOnlyOrdersThatItCanCarryOut() {
        assertThrows(IllegalArgumentException.class, () -> new DemoCall.Order(25_001, 1));
        assertThrows(IllegalArgumentException.class, () -> new DemoCall.Order(0, 21));
        assertEquals(20, new DemoCall.Order(25_000, 20).calls());
    }

    private static Handoff handoff(PuppetGateway.Fault fault, int ringMs) {
        try (PuppetGateway puppet = new PuppetGateway(fault);
                Stage stage =
                        Stage.set(puppet.seen(), Cast.tones(10), Stage.Setting.of(1, new AnswerPlan.Answer(ringMs)))) {
            return new HandoffRun(stage, new HandoffRun.Plot(500, 300, 5_000, 20, false, false, false)).call();
        }
    }

    private static List<String> who(JsonObject call, String listener) {
        JsonArray heard = call.getJsonObject("heard").getJsonArray(listener);
        return heard.stream().map(s -> ((JsonObject) s).getString("who")).toList();
    }
}
