package io.segue.demo.bot;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** The frames a bot writes in its dialect, and how it finds the caller in {@code start}. */
enum Frames {
    /** Twilio Media Streams. */
    TWILIO {
        @Override
        String mediaHead(String stream) {
            return "{\"event\":\"media\",\"streamSid\":\"" + stream + "\",\"media\":{\"payload\":\"";
        }

        @Override
        String mediaTail(String stream) {
            return "\"}}";
        }

        @Override
        String mark(String stream, String name) {
            return new JsonObject()
                    .put("event", "mark")
                    .put("streamSid", stream)
                    .put("mark", new JsonObject().put("name", name))
                    .encode();
        }

        @Override
        String clear(String stream) {
            return "{\"event\":\"clear\",\"streamSid\":\"" + stream + "\"}";
        }

        @Override
        String stream(JsonObject start) {
            return start.getString("streamSid", "");
        }

        @Override
        String parameter(JsonObject start, String name) {
            return start.getJsonObject("start", NONE)
                    .getJsonObject("customParameters", NONE)
                    .getString(name, "");
        }

        @Override
        String callId(JsonObject start) {
            String sid = start.getJsonObject("start", NONE).getString("callSid", "");
            return sid.startsWith("CA") ? sid.substring(2) : sid;
        }

        @Override
        String played(JsonObject event) {
            return event.getJsonObject("mark", NONE).getString("name", "");
        }
    },
    /** Plivo Audio Streaming. */
    PLIVO {
        @Override
        String mediaHead(String stream) {
            return "{\"event\":\"playAudio\",\"media\":{\"contentType\":\"audio/x-mulaw\",\"sampleRate\":8000,\"payload\":\"";
        }

        @Override
        String mediaTail(String stream) {
            return "\"},\"streamId\":\"" + stream + "\"}";
        }

        @Override
        String mark(String stream, String name) {
            return new JsonObject()
                    .put("event", "checkpoint")
                    .put("streamId", stream)
                    .put("name", name)
                    .encode();
        }

        @Override
        String clear(String stream) {
            return "{\"event\":\"clearAudio\",\"streamId\":\"" + stream + "\"}";
        }

        @Override
        String stream(JsonObject start) {
            return start.getJsonObject("start", NONE).getString("streamId", "");
        }

        @Override
        String parameter(JsonObject start, String name) {
            for (String pair : start.getString("extra_headers", "").split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).equals(name)) {
                    return java.net.URLDecoder.decode(
                            pair.substring(equals + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
                }
            }
            return "";
        }

        @Override
        String callId(JsonObject start) {
            return start.getJsonObject("start", NONE).getString("callId", "").replace("-", "");
        }

        @Override
        String played(JsonObject event) {
            return event.getString("name", "");
        }
    };

    private static final JsonObject NONE = new JsonObject(Map.of());

    abstract String mediaHead(String stream);

    abstract String mediaTail(String stream);

    abstract String mark(String stream, String name);

    abstract String clear(String stream);

    abstract String stream(JsonObject start);

    abstract String parameter(JsonObject start, String name);

    abstract String callId(JsonObject start);

    abstract String played(JsonObject event);

    /** The dialect of a {@code start}; both identifiers at once would confuse others too. */
    static Frames of(JsonObject start) {
        return start.containsKey("streamSid") ? TWILIO : PLIVO;
    }

    /** Audio cut into frames of a length, in base64, as often as it takes to come around. */
    static String[] cut(byte[] mulaw, int frameMs) {
        int size = frameMs * 8;
        int count = size / gcd(size, mulaw.length) * mulaw.length / size;
        String[] frames = new String[count];
        byte[] frame = new byte[size];
        for (int i = 0; i < count; i++) {
            for (int b = 0; b < size; b++) {
                frame[b] = mulaw[(int) (((long) i * size + b) % mulaw.length)];
            }
            frames[i] = Base64.getEncoder().encodeToString(frame);
        }
        return frames;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
