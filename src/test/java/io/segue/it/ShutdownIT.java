package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.bench.GatewayProcess;
import io.segue.demo.ear.Voice;
import io.segue.demo.phone.AnswerPlan;
import io.segue.demo.phone.Leg;
import io.segue.demo.phone.Phone;
import io.segue.demo.phone.PhoneSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A gateway that is told to go tells its callers and humans first. */
class ShutdownIT {
    @Test
    void everybodyIsHungUp() {
        GatewayProcess process = FlowGateway.start("shutdown", Map.of());
        Scene scene = new Scene(process);
        try {
            scene.queue("refunds").agent("refunds");
            Phone anna = scene.human("anna", AnswerPlan.atOnce(), "refunds");
            Phone ben = scene.human("ben", new AnswerPlan.RingOn(), "refunds");
            scene.queue("others");
            Phone carla = scene.human(
                    "carla", AnswerPlan.atOnce(), PhoneSettings.saying(Voice.humanTone(), 10), "others", true);
            Leg standing = Scene.rung(carla);
            Scene.done("the leg is up", standing.confirmed());
            TestCall talking = scene.call();
            TestCall ringing = scene.call();
            TestCall alone = scene.call();
            talking.hears(Voice.HUMAN_HERTZ, talking.ask());
            ringing.ask();
            Leg rung = Scene.rung(ben);
            Scene.done("ringing", rung.ringing());
            process.close();
            for (TestCall call : new TestCall[] {talking, ringing, alone}) {
                assertEquals("BYE received", Scene.done("BYE", call.caller.ended()));
                String bye = call.caller.received().getLast().text();
                assertTrue(bye.contains("Q.850;cause=41"), bye);
            }
            assertEquals("BYE received", Scene.done("BYE", Scene.rung(anna).ended()));
            assertEquals("CANCEL received", Scene.done("CANCEL", rung.ended()));
            assertEquals("BYE received", Scene.done("BYE", standing.ended()));
        } finally {
            process.close();
            scene.leave();
        }
    }
}
