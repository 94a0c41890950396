package io.segue.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One m= line with what stands under it, RFC 8866 5.14.
 *
 * @param type audio, video, …
 * @param port 0 to 65535, 0 for a stream that is refused or ended (RFC 3264 6, 8.2)
 * @param protocol {@code RTP/AVP}, …
 * @param formats payload types, as they came
 * @param connection its own c= line, null where the session's holds
 */
public record Media(
        String type,
        int port,
        String protocol,
        List<String> formats,
        @Nullable Connection connection,
        List<Attribute> attributes) {

    public Media {
        Lines.checkWord(type);
        Lines.checkWord(protocol);
        if (port < 0 || port > 65535 || formats.isEmpty()) {
            throw new IllegalArgumentException("no media");
        }
        formats.forEach(Lines::checkWord);
        formats = List.copyOf(formats);
        attributes = List.copyOf(attributes);
    }

    /** The value of the first attribute of that name; null for none. */
    public @Nullable String attribute(String name) {
        for (Attribute attribute : attributes) {
            if (attribute.is(name)) {
                return attribute.value();
            }
        }
        return null;
    }

    /** The direction that stands here, or null. */
    @Nullable
    Direction direction() {
        return SessionDescription.direction(attributes);
    }

    /** The same line refused. */
    Media refused() {
        return new Media(type, 0, protocol, formats, null, List.of());
    }
}
