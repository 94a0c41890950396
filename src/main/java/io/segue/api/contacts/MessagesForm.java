package io.segue.api.contacts;

import io.segue.contact.Channel;
import io.segue.contact.Direction;
import io.segue.contact.Identity;
import io.segue.contact.Message;
import io.segue.registry.Fields;
import io.segue.registry.Read;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Messages as somebody sends them: one {@code {"channel","direction","text","at","id"}}, or {@code {"messages":[…]}}, either with {@code "identities"}, what
 * else the contact is known by. Channel and text are needed; {@code at} is Unix milliseconds or an instant (ISO 8601) and now where it is left out.
 */
final class MessagesForm {
    private static final int ID_CHARS_MAX = 128;
    private static final String AT_RULE =
            "has to be an instant such as 2026-11-23T15:00:00Z, or Unix milliseconds, and not to come";
    /** Clocks differ, and messages cross at midnight of different places. */
    private static final long AHEAD_MS_MAX = 86_400_000;

    /** What was sent. */
    record Sent(Set<Identity> identities, List<Message> messages) {}

    private MessagesForm() {}

    static Read<Sent> read(Map<String, Object> body, Identity contact, Limits limits, Instant now) {
        Fields f = Fields.of(body);
        Set<Identity> identities = new LinkedHashSet<>(Set.of(contact));
        for (String text : f.texts("identities", limits.identitiesMax(), Identity.CHARS_MAX)) {
            Optional<Identity> identity = Identity.of(text);
            if (identity.isEmpty()) {
                f.error("identities", "each " + Identity.RULE);
            }
            identity.ifPresent(identities::add);
        }
        List<Message> messages = new ArrayList<>();
        if (f.has("messages")) {
            if (f.isEmptyList("messages")) {
                f.error("messages", "has to have one at least");
            }
            List<?> raw = body.get("messages") instanceof List<?> list ? list : List.of();
            List<Fields> objects = f.objects("messages", limits.messagesMax());
            for (int i = 0; i < objects.size(); i++) {
                messages.add(message(objects.get(i), i < raw.size() ? raw.get(i) : Map.of(), limits, now));
                objects.get(i).nothingElse();
            }
        } else {
            messages.add(message(f, body, limits, now));
        }
        f.nothingElse();
        return f.result(() -> new Sent(identities, messages));
    }

    private static Message message(Fields f, Object raw, Limits limits, Instant now) {
        if (!f.has("channel")) {
            f.error("channel", "is missing");
        }
        if (!f.has("text")) {
            f.error("text", "is missing");
        }
        return Message.of(
                f.text("id", ID_CHARS_MAX).orElse(null),
                f.oneOf("channel", Channel.class).orElse(Channel.OTHER),
                f.oneOf("direction", Direction.class).orElse(Direction.IN),
                f.lines("text", limits.textCharsMax()).orElse(""),
                at(f, raw instanceof Map<?, ?> map ? map.get("at") : null, now));
    }

    private static long at(Fields f, @org.jspecify.annotations.Nullable Object raw, Instant now) {
        long latest = now.toEpochMilli() + AHEAD_MS_MAX;
        if (!(raw instanceof String text)) {
            return f.whole("at", 0, latest).orElse(now.toEpochMilli());
        }
        f.has("at");
        try {
            long at = Instant.parse(text).toEpochMilli();
            if (at >= 0 && at <= latest) {
                return at;
            }
        } catch (DateTimeException | ArithmeticException e) {
            // It is said below.
        }
        f.error("at", AT_RULE);
        return 0;
    }
}
