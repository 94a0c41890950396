package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.demo.bot.BotCall;
import io.segue.demo.ear.Ear;
import io.segue.demo.ear.Timeline;
import io.segue.demo.phone.Leg;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call of a test: the caller's phone, the bot's end, and what REST says of it. */
final class TestCall {
    final Leg caller;
    final String id;
    final Ear ear;
    private final Scene scene;
    private final @Nullable BotCall bot;

    TestCall(Scene scene, Leg caller, @Nullable BotCall bot, String id) {
        this.scene = scene;
        this.caller = caller;
        this.bot = bot;
        this.id = id;
        this.ear = new Ear(caller.tape());
    }

    BotCall bot() {
        if (bot == null) {
            throw new IllegalStateException("no bot has this call");
        }
        return bot;
    }

    /** Asks for a human by a turn of little confidence; gives T0. */
    long ask() {
        return turn(0.41);
    }

    long turn(double confidence) {
        return bot().turn("I want my money back.", "refund_dispute", confidence).join();
    }

    /** Waits until the caller hears a voice at or after a moment; gives when. */
    long hears(int hertz, long since) {
        Until.holds("the caller hears " + hertz + " Hz", () -> heard(hertz, since) != Long.MAX_VALUE);
        return heard(hertz, since);
    }

    private long heard(int hertz, long since) {
        return since == 0 ? ear.firstHeard(hertz, caller.invitedNanos()) : ear.firstHeard(hertz, since);
    }

    /** Waits until the caller hears a sound that is nobody's voice, the filler; gives when. */
    long hearsFiller(long since) {
        return Until.found("the caller hears the filler", () -> {
            for (int i = caller.tape().firstSince(since); i < caller.tape().size(); i++) {
                if (caller.tape().audible(i) && ear.who(i).equals("other")) {
                    return Optional.of(caller.tape().arrival(i));
                }
            }
            return Optional.empty();
        });
    }

    private static final long BEFORE_NANOS = 200_000_000L;

    /** One SSRC, no hole in the sequence, timestamps by the rules, and not a word by SIP. */
    void isUntouched(long from, long to) {
        assertEquals(List.of(), caller.received(from, to), "SIP messages to the caller");
        // A switch may be quicker than a packet is long: what came just before belongs to it.
        Timeline timeline = ear.timeline(from - BEFORE_NANOS, to);
        assertTrue(timeline.packets() > 0, "nothing was heard");
        assertEquals(0, timeline.ssrcChanges(), "SSRC changes");
        assertEquals(0, timeline.sequenceBreaks(), "holes in the sequence");
        assertEquals(0, timeline.typeBreaks(), "changes of the coding");
        // A timestamp is judged by when its packet came: a listener that was late itself is no judge.
        if (scene.callers.slips().worstMs(from, to) < 10) {
            assertEquals(0, timeline.timestampBreaks(), "timestamps against the rules");
        }
    }

    JsonObject document() {
        return scene.gateway.get("/calls/" + id).orElseThrow();
    }

    /** The latest handoff, as REST tells it. */
    JsonObject handoff() {
        JsonArray all = document().getJsonArray("handoffs");
        return all.isEmpty() ? new JsonObject() : all.getJsonObject(all.size() - 1);
    }

    JsonObject handoffIn(String state) {
        return Until.found("a handoff that is " + state, () -> {
            JsonObject now = handoff();
            return state.equals(now.getString("state")) ? Optional.of(now) : Optional.empty();
        });
    }

    void awaitState(String state) {
        Until.holds("the call is " + state, () -> document().getString("state").equals(state));
    }

    /** Why an attempt came to nothing, by its place. */
    String why(int attempt) {
        return handoff().getJsonArray("attempts").getJsonObject(attempt).getString("why");
    }

    /** The states of its handoffs that the bot was told, in order. */
    List<String> toldBot() {
        return bot().heard().stream()
                .filter(h -> h.event().equals("handoff"))
                .map(h -> h.frame().getJsonObject("handoff").getString("state"))
                .toList();
    }

    boolean botHeard(String event) {
        return bot().heard().stream().anyMatch(h -> h.event().equals(event));
    }

    /** The first of these that it was told. */
    JsonObject heard(String event) {
        return bot().heard().stream()
                .filter(h -> h.event().equals(event))
                .findFirst()
                .orElseThrow()
                .frame();
    }

    void order(String what, JsonObject body) {
        scene.gateway.post("/calls/" + id + "/" + what, body);
    }

    void hangUp() {
        Scene.done("the answer to the caller's BYE", caller.hangUp());
    }
}
