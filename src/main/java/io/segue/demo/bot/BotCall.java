package io.segue.demo.bot;

import io.segue.demo.ear.Slips;
import io.segue.demo.ear.Tape;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One call at the bot: what it hears and what it is made to say. What is public may be called from any thread. */
public final class BotCall {
    /** A frame other than audio that came, with the moment by nanoTime. */
    public record Heard(long arrivalNanos, JsonObject frame) {
        /** Its {@code event}. */
        public String event() {
            return frame.getString("event", "");
        }
    }

    private static final byte[] NOTHING = new byte[0];

    private final Bot bot;
    private final ServerWebSocket socket;
    private final Frames frames;
    private final String stream;
    private final JsonObject start;
    private final Script script;
    private final Tape tape;
    private final List<Heard> heard = new ArrayList<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final Map<String, String> handshake;
    private final String[] audio;
    private final String head;
    private final String tail;
    private final String prepared;
    private final int leadFrames;
    private long due;
    private int next;
    private int lastChunk;
    private volatile boolean speaking;
    private volatile long chunkBreaks;
    private volatile long framesSent;

    BotCall(Bot bot, ServerWebSocket socket, JsonObject start, Script script, Map<String, String> handshake) {
        this.bot = bot;
        this.socket = socket;
        this.start = start;
        this.script = script;
        this.handshake = handshake;
        frames = Frames.of(start);
        stream = frames.stream(start);
        tape = script.tapeSeconds() == 0 ? Tape.counting() : Tape.ofSeconds(script.tapeSeconds());
        audio = script.voice() == null ? new String[0] : bot.cut(script.voice(), script.frameMs());
        head = frames.mediaHead(stream);
        tail = frames.mediaTail(stream);
        prepared = audio.length == 1 ? head + audio[0] + tail : "";
        leadFrames = script.leadMs() / script.frameMs() + 1;
        due = System.nanoTime() - script.leadMs() * 1_000_000L;
        speaking = audio.length > 0;
    }

    /** The caller's number as {@code start} says it. */
    public String from() {
        return frames.parameter(start, "from_number");
    }

    /** The called number as {@code start} says it. */
    public String to() {
        return frames.parameter(start, "to_number");
    }

    /** A custom parameter or extra header of {@code start}. */
    public String parameter(String name) {
        return frames.parameter(start, name);
    }

    /** The gateway's id of the call, 32 hex digits. */
    public String callId() {
        return frames.callId(start);
    }

    /** The whole {@code start}. */
    public JsonObject start() {
        return start.copy();
    }

    /** The headers of the handshake, in lower case. */
    public Map<String, String> handshake() {
        return handshake;
    }

    /** What it hears of the caller. */
    public Tape tape() {
        return tape;
    }

    /** Frames of audio whose chunk number did not follow the last one's. */
    public long chunkBreaks() {
        return chunkBreaks;
    }

    /** Frames of audio it has sent. */
    public long framesSent() {
        return framesSent;
    }

    /** Every frame but audio that has come, in order. */
    public List<Heard> heard() {
        synchronized (heard) {
            return List.copyOf(heard);
        }
    }

    /** The marks or checkpoints that have come back. */
    public List<String> played() {
        return heard().stream()
                .filter(h -> h.event().equals("mark") || h.event().equals("playedStream"))
                .map(h -> frames.played(h.frame()))
                .toList();
    }

    /** Done when the socket is closed, by whomever. */
    public CompletableFuture<Void> closed() {
        return closed;
    }

    /** Says a turn of the caller's with the agent's confidence in its answer; gives the moment just before it was written, by nanoTime. */
    public CompletableFuture<Long> turn(String text, String intent, double confidence) {
        return tell("turn", turnOf(text, intent, confidence));
    }

    /** Says a turn, and from the same moment on not a word more. */
    public CompletableFuture<Long> turnAndMute(String text, String intent, double confidence) {
        JsonObject turn = turnOf(text, intent, confidence);
        return bot.on(() -> {
            speaking = false;
            return write(new JsonObject().put("event", "turn").put("turn", turn).encode());
        });
    }

    /** Asks for a human; gives the moment just before it was written. */
    public CompletableFuture<Long> handoff(String reason, String summary) {
        return tell("handoff", new JsonObject().put("reason", reason).put("summary", summary));
    }

    /** Sends {@code {"event":name,name:body}}; gives the moment just before it was written. */
    public CompletableFuture<Long> tell(String name, JsonObject body) {
        return raw(new JsonObject().put("event", name).put(name, body).encode());
    }

    /** Sends a text frame as it is; gives the moment just before it was written. */
    public CompletableFuture<Long> raw(String text) {
        return bot.on(() -> write(text));
    }

    /** Asks to be told when everything before it has been played. */
    public CompletableFuture<Long> mark(String name) {
        return raw(frames.mark(stream, name));
    }

    /** Empties the gateway's playout. */
    public CompletableFuture<Long> clear() {
        return raw(frames.clear(stream));
    }

    /** Stops speaking, or goes on. */
    public CompletableFuture<Long> speak(boolean on) {
        return bot.on(() -> {
            speaking = on && audio.length > 0;
            due = Math.max(due, System.nanoTime());
            return System.nanoTime();
        });
    }

    /** Stops reading the socket, or goes on. */
    public CompletableFuture<Long> deaf(boolean on) {
        return bot.on(() -> {
            if (on) {
                socket.pause();
            } else {
                socket.resume();
            }
            return System.nanoTime();
        });
    }

    /** Closes the socket. */
    public CompletableFuture<Long> close() {
        return bot.on(() -> {
            long now = System.nanoTime();
            socket.close();
            return now;
        });
    }

    private static JsonObject turnOf(String text, String intent, double confidence) {
        return new JsonObject()
                .put("speaker", "caller")
                .put("text", text)
                .put("intent", intent)
                .put("confidence", confidence);
    }

    private long write(String text) {
        long now = System.nanoTime();
        if (!socket.isClosed()) {
            socket.writeTextMessage(text);
        }
        return now;
    }

    /** Sends what is due; on the event loop. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    void speakUntil(long now, Slips slips) {
        while (speaking && now - due >= 0 && !socket.isClosed()) {
            if (next > leadFrames) {
                slips.note(now, now - due);
            }
            socket.writeTextMessage(prepared.isEmpty() ? head + audio[next % audio.length] + tail : prepared);
            next++;
            framesSent = framesSent + 1;
            due += script.frameMs() * 1_000_000L;
        }
    }

    /** Takes a frame that came after {@code start}; on the event loop. */
    void take(String text) {
        long now = System.nanoTime();
        if (text.startsWith("{\"event\":\"media\"")) {
            media(now, text);
            return;
        }
        try {
            JsonObject frame = new JsonObject(text);
            synchronized (heard) {
                heard.add(new Heard(now, frame));
            }
        } catch (DecodeException e) {
            synchronized (heard) {
                heard.add(
                        new Heard(now, new JsonObject().put("event", "garbage").put("text", text)));
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void media(long now, String text) {
        int chunk = number(text, "\"chunk\":");
        if (lastChunk != 0 && chunk != lastChunk + 1) {
            chunkBreaks = chunkBreaks + 1;
        }
        lastChunk = chunk;
        byte[] payload = NOTHING;
        if (script.tapeSeconds() > 0) {
            int from = text.indexOf("\"payload\":\"") + 11;
            payload = Base64.getDecoder().decode(text.substring(from, text.indexOf('"', from)));
        }
        tape.frame(now, chunk, number(text, "\"timestamp\":"), payload);
    }

    private static int number(String text, String key) {
        int value = 0;
        int at = text.indexOf(key);
        for (int i = at + key.length(); at >= 0 && i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                value = value * 10 + c - '0';
            } else if (c != '"') {
                break;
            }
        }
        return value;
    }

    void gone() {
        speaking = false;
        closed.complete(null);
    }
}
