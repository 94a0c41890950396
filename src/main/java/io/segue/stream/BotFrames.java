package io.segue.stream;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a bot's frame says. Frames are told apart by {@code event}, then {@code label}, then {@code type}; both dialects'
 * events are understood on either kind of stream.
 */
public final class BotFrames {
    private static final int TURN_ID_CHARS_MAX = 64;
    private static final int LANGUAGE_CHARS_MAX = 35;
    private static final int PRIORITY_DEFAULT = 5;
    private static final String REQUESTED = "requested";
    private static final String EXECUTED = "executed";
    private static final String RTVI = "rtvi-ai";

    private final Limits limits;
    private final Function<String, @Nullable Map<String, Object>> json;

    /** @param json reads a JSON object out of a string, or says null (ConversationRelay puts one into a string) */
    public BotFrames(Limits limits, Function<String, @Nullable Map<String, Object>> json) {
        this.limits = limits;
        this.json = json;
    }

    /** Reads one frame. The tree is what a JSON parser makes of it: maps, lists, strings, numbers, booleans, nulls. */
    public BotFrame read(Map<String, Object> frame) {
        if (frame.get("event") != null) {
            return frame.get("event") instanceof String event
                    ? byEvent(event, frame)
                    : new BotFrame.Malformed("invalid_frame", "event must be a string");
        }
        if (frame.get("label") != null) {
            return RTVI.equals(frame.get("label")) ? rtvi(frame) : new BotFrame.Unknown(name(frame.get("label")));
        }
        if (frame.get("type") != null) {
            return "end".equals(frame.get("type"))
                    ? conversationRelayEnd(frame)
                    : new BotFrame.Unknown(name(frame.get("type")));
        }
        return new BotFrame.Malformed("invalid_frame", "a frame has an event, a label or a type");
    }

    /** Whether a frame is one of our own events, so that its sender takes ours. */
    public static boolean isOurs(Map<String, Object> frame) {
        return frame.get("event") instanceof String event
                && (event.equals("turn") || event.equals("handoff") || event.equals("action"));
    }

    private BotFrame byEvent(String event, Map<String, Object> frame) {
        return switch (event) {
            case "media", "playAudio" -> audio(frame);
            case "mark" -> {
                Fields mark = Fields.of(frame, "mark", limits);
                String name = mark.name("name");
                yield or(mark, "invalid_mark", new BotFrame.Mark(name));
            }
            case "checkpoint" -> {
                Fields checkpoint = Fields.of(frame, limits);
                String name = checkpoint.name("name");
                yield or(checkpoint, "invalid_checkpoint", new BotFrame.Mark(name));
            }
            case "clear", "clearAudio" -> new BotFrame.Clear();
            case "sendDTMF" -> digits(frame);
            case "turn" -> turn(Fields.of(frame, "turn", limits));
            case "handoff" -> handoff(Fields.of(frame, "handoff", limits));
            case "action" -> action(Fields.of(frame, "action", limits));
            default -> new BotFrame.Unknown(name(event));
        };
    }

    private BotFrame audio(Map<String, Object> frame) {
        Fields media = Fields.of(frame, "media", limits);
        String payload = media.optionalText("payload", Integer.MAX_VALUE);
        media.require(payload != null, "media.payload must be a string, not missing");
        String contentType = media.optionalName("contentType");
        media.require(contentType == null || isUlaw(contentType), "media.contentType must be audio/x-mulaw at 8000 Hz");
        Object rate = frame.get("media") instanceof Map<?, ?> map ? map.get("sampleRate") : null;
        media.require(rate == null || isRate8000(rate), "media.sampleRate must be 8000");
        if (media.complaint() != null || payload == null) {
            return new BotFrame.Malformed("invalid_audio", Objects.requireNonNullElse(media.complaint(), ""));
        }
        byte[] ulaw = AudioPayload.decode(payload);
        return ulaw == null
                ? new BotFrame.Malformed("invalid_audio", "media.payload must be base64")
                : new BotFrame.Audio(ulaw);
    }

    private static boolean isUlaw(String contentType) {
        return contentType.equals("audio/x-mulaw") || contentType.equals("audio/x-mulaw;rate=8000");
    }

    private static boolean isRate8000(Object rate) {
        return rate instanceof Number number ? number.doubleValue() == 8000 : "8000".equals(rate);
    }

    private BotFrame digits(Map<String, Object> frame) {
        Fields fields = Fields.of(frame, limits);
        String digits = fields.text("dtmf", limits.digitsMax());
        for (int i = 0; i < digits.length(); i++) {
            fields.require("0123456789*#ABCD".indexOf(digits.charAt(i)) >= 0, "dtmf must consist of 0-9, *, # and A-D");
        }
        return or(fields, "invalid_dtmf", new BotFrame.Digits(digits));
    }

    private BotFrame turn(Fields turn) {
        String id = turn.optionalText("id", TURN_ID_CHARS_MAX);
        turn.require(id == null || !id.isEmpty(), "turn.id must have at least one character");
        String speaker = turn.name("speaker");
        turn.require(speaker.equals("caller") || speaker.equals("agent"), "turn.speaker must be caller or agent");
        String text = turn.text("text", limits.textCharsMax());
        String intent = turn.optionalName("intent");
        Double confidence = turn.number("confidence", 0, 1);
        Double sentiment = turn.number("sentiment", -1, 1);
        String language = turn.optionalText("language", LANGUAGE_CHARS_MAX);
        Map<String, Object> entities = turn.object("entities");
        Long startMs = turn.whole("startMs", 0, Long.MAX_VALUE);
        Long endMs = turn.whole("endMs", 0, Long.MAX_VALUE);
        turn.require(
                startMs == null || endMs == null || endMs >= startMs, "turn.endMs must not be before turn.startMs");
        boolean proposed = turn.flag("proposed");
        turn.require(!proposed || id != null, "turn.id must be there when turn.proposed is true");
        return or(
                turn,
                "invalid_turn",
                new BotFrame.Said(
                        id,
                        speaker.equals("agent"),
                        text,
                        intent,
                        confidence,
                        sentiment,
                        language,
                        entities,
                        startMs,
                        endMs,
                        proposed));
    }

    private BotFrame handoff(Fields handoff) {
        String reason = handoff.optionalName("reason");
        String queue = handoff.optionalName("queue");
        List<String> skills = handoff.names("skills");
        Long priority = handoff.whole("priority", 0, 9);
        String summary = handoff.optionalLongText("summary");
        Map<String, Object> context = handoff.object("context");
        int rank = priority == null ? PRIORITY_DEFAULT : priority.intValue();
        return or(handoff, "invalid_handoff", new BotFrame.Handoff(reason, queue, skills, rank, summary, context));
    }

    private BotFrame action(Fields action) {
        String id = action.text("id", TURN_ID_CHARS_MAX);
        String type = action.name("type");
        Double amount = action.number("amount", 0, Double.MAX_VALUE);
        String currency = action.optionalText("currency", 3);
        action.require(
                currency == null || currency.length() == 3, "action.currency must have three letters (ISO 4217)");
        String summary = action.optionalLongText("summary");
        Map<String, Object> payload = action.object("payload");
        String state = action.optionalName("state");
        action.require(
                state == null || state.equals(REQUESTED) || state.equals(EXECUTED),
                "action.state must be requested or executed");
        boolean executed = EXECUTED.equals(state);
        return or(
                action, "invalid_action", new BotFrame.Action(id, type, amount, currency, summary, payload, executed));
    }

    /** RTVI 1.x: {@code {"label":"rtvi-ai","type":…,"data":{"text":…,"final":…}}}. */
    private BotFrame rtvi(Map<String, Object> frame) {
        String type = name(frame.get("type"));
        boolean byAgent = type.equals("bot-transcription");
        if (!byAgent && !type.equals("user-transcription")) {
            return new BotFrame.Unknown(RTVI + ":" + type);
        }
        Fields data = Fields.of(frame, "data", limits);
        String text = data.optionalLongText("text");
        boolean last = byAgent || data.flag("final");
        data.require(text != null, "data.text must be a string, not missing");
        if (data.complaint() != null || text == null) {
            return new BotFrame.Malformed("invalid_rtvi", Objects.requireNonNullElse(data.complaint(), ""));
        }
        if (!last || text.isBlank()) {
            return new BotFrame.Idle(RTVI + ":" + type);
        }
        return new BotFrame.Said(null, byAgent, text, null, null, null, null, Map.of(), null, null, false);
    }

    /** Twilio ConversationRelay: {@code {"type":"end","handoffData":"<json>"}}; what the string holds is the bot's own. */
    private BotFrame conversationRelayEnd(Map<String, Object> frame) {
        Fields end = Fields.of(frame, limits);
        String raw = end.optionalLongText("handoffData");
        if (end.complaint() != null) {
            return new BotFrame.Malformed("invalid_handoff", Objects.requireNonNullElse(end.complaint(), ""));
        }
        Map<String, Object> data = raw == null || raw.isBlank() ? Map.of() : json.apply(raw);
        if (data == null) {
            return new BotFrame.Handoff(null, null, List.of(), PRIORITY_DEFAULT, raw, Map.of());
        }
        return new BotFrame.Handoff(
                first(data, "reasonCode", "reason"),
                first(data, "queue"),
                List.of(),
                PRIORITY_DEFAULT,
                first(data, "summary", "conversationSummary", "reason"),
                data);
    }

    private @Nullable String first(Map<String, Object> data, String... keys) {
        for (String key : keys) {
            if (data.get(key) instanceof String text && !text.isBlank() && text.length() <= limits.nameCharsMax()) {
                return text;
            }
        }
        return null;
    }

    private String name(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= limits.nameCharsMax() ? text : text.substring(0, limits.nameCharsMax());
    }

    private static BotFrame or(Fields fields, String code, BotFrame frame) {
        String complaint = fields.complaint();
        return complaint == null ? frame : new BotFrame.Malformed(code, complaint);
    }
}
