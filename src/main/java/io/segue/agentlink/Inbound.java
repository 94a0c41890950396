package io.segue.agentlink;

import io.segue.flow.agent.AgentEvent;
import io.segue.flow.media.Playout;
import io.segue.signoff.Action;
import io.segue.stream.AudioPayload;
import io.segue.stream.BotFrame;
import io.segue.stream.BotFrames;
import io.segue.stream.MediaScan;
import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import java.math.BigDecimal;
import java.util.Map;

/** What comes from one bot: audio by the short way, everything else by the JSON parser. */
final class Inbound {
    private final VertxCallThread thread;
    private final Limits limits;
    private final LinkCounters counters;
    private final JsonTrees json;
    private final BotFrames frames;
    private final Playout playout;
    private final String turnPrefix;
    private boolean events;
    private boolean audioHeard;
    private int malformed;
    private int unnamedTurns;
    private long openedNanos;

    /**
     * @param turnPrefix begins the ids of turns that the bot gave none; differs between sockets
     * @param events whether the bot takes our events from the start
     */
    Inbound(
            VertxCallThread thread,
            Limits limits,
            LinkCounters counters,
            JsonTrees json,
            BotFrames frames,
            Playout playout,
            String turnPrefix,
            boolean events) {
        this.thread = thread;
        this.limits = limits;
        this.counters = counters;
        this.json = json;
        this.frames = frames;
        this.playout = playout;
        this.turnPrefix = turnPrefix;
        this.events = events;
    }

    void opened(long nowNanos) {
        openedNanos = nowNanos;
    }

    boolean takesEvents() {
        return events;
    }

    void text(Link link, byte[] text, int length) {
        MediaScan scan = thread.scan;
        if (scan.find(text, 0, length)) {
            byte[] audio = thread.audio(AudioPayload.bytesMax(scan.payloadLength()));
            int bytes = AudioPayload.decode(text, scan.payloadOffset(), scan.payloadLength(), audio);
            if (bytes >= 0) {
                play(link, audio, bytes);
                return;
            }
        }
        Map<String, Object> tree = json.read(text, 0, length);
        if (tree == null) {
            malformed(link, new BotFrame.Malformed("invalid_json", "a frame is one JSON object"));
            return;
        }
        events |= BotFrames.isOurs(tree);
        take(link, frames.read(tree));
    }

    private void take(Link link, BotFrame frame) {
        switch (frame) {
            case BotFrame.Audio audio -> {
                counters.unusualAudioIn.increment();
                play(link, audio.ulaw(), audio.ulaw().length);
            }
            case BotFrame.Mark mark -> playout.mark(mark.name());
            case BotFrame.Clear clear -> {
                playout.clear();
                link.cleared();
            }
            case BotFrame.Digits digits -> link.tell(new AgentEvent.DigitsAsked(digits.digits()));
            case BotFrame.Said said -> link.tell(new AgentEvent.Said(turn(said)));
            case BotFrame.Handoff asked ->
                link.tell(new AgentEvent.HandoffAsked(
                        asked.reason(),
                        asked.queue(),
                        asked.skills(),
                        asked.priority(),
                        asked.summary(),
                        asked.context()));
            case BotFrame.Action action ->
                link.tell(
                        action.executed()
                                ? new AgentEvent.ActionDone(action(action))
                                : new AgentEvent.ActionAsked(action(action)));
            case BotFrame.Idle idle -> {}
            case BotFrame.Unknown unknown -> counters.unknownIn.increment();
            case BotFrame.Malformed complaint -> malformed(link, complaint);
        }
    }

    private void play(Link link, byte[] ulaw, int bytes) {
        counters.audioIn.increment();
        if (bytes == 0) {
            return;
        }
        playout.play(ulaw, 0, bytes);
        if (!audioHeard) {
            audioHeard = true;
            link.heardAudio();
        }
    }

    /** Without times the arrival counts. */
    private Turn turn(BotFrame.Said said) {
        long arrivedMs = (System.nanoTime() - openedNanos) / 1_000_000;
        Long start = said.startMs();
        Long end = said.endMs();
        long startMs = start != null ? start : end != null ? end : arrivedMs;
        long endMs = end != null ? end : Math.max(startMs, arrivedMs);
        String id = said.id();
        return new Turn(
                id != null ? id : turnPrefix + "-" + ++unnamedTurns,
                said.byAgent() ? Speaker.AGENT : Speaker.CALLER,
                said.text(),
                said.intent(),
                said.confidence(),
                said.sentiment(),
                said.language(),
                said.entities(),
                startMs,
                endMs,
                said.proposed());
    }

    private static Action action(BotFrame.Action action) {
        Double amount = action.amount();
        return new Action(
                action.id(),
                action.type(),
                amount == null ? null : BigDecimal.valueOf(amount),
                action.currency(),
                action.summary(),
                action.payload());
    }

    private void malformed(Link link, BotFrame.Malformed complaint) {
        counters.malformedIn.increment();
        if (++malformed > limits.malformedFramesMax()) {
            link.misbehaved("more than " + limits.malformedFramesMax() + " malformed frames");
        } else {
            link.sendError(complaint.code(), complaint.message());
        }
    }
}
