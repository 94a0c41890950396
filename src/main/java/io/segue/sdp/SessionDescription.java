package io.segue.sdp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session description, RFC 8866 (and 4566), with the lines that an offer or answer is read by; other lines are not kept.
 *
 * @param name the s= line, "-" for none
 * @param connection the session's c= line, null where each stream has its own
 * @param timing the t= line, which an answer repeats (RFC 3264 6)
 * @param attributes those of the session
 */
public record SessionDescription(
        Origin origin,
        String name,
        @Nullable Connection connection,
        String timing,
        List<Attribute> attributes,
        List<Media> media) {

    public SessionDescription {
        name = name.isEmpty() ? "-" : name;
        timing = timing.isEmpty() ? "0 0" : timing;
        Lines.check(name);
        Lines.check(timing);
        attributes = List.copyOf(attributes);
        media = List.copyOf(media);
    }

    /** Reads a body. */
    public static ParsedSdp parse(byte[] body, Limits limits) {
        return SdpReader.read(body, limits);
    }

    /** The body, each line with CRLF. */
    public byte[] write() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Where a stream's media goes; null when neither it nor the session says so. */
    public @Nullable Connection connection(Media stream) {
        return stream.connection() == null ? connection : stream.connection();
    }

    /** A stream's direction, the session's where it has none, {@code sendrecv} where nothing is said. */
    public Direction direction(Media stream) {
        Direction own = stream.direction();
        Direction common = own == null ? direction(attributes) : own;
        return common == null ? Direction.SENDRECV : common;
    }

    static @Nullable Direction direction(List<Attribute> attributes) {
        for (Attribute attribute : attributes) {
            Direction direction = attribute.value() == null ? Direction.named(attribute.name()) : null;
            if (direction != null) {
                return direction;
            }
        }
        return null;
    }

    SessionDescription withVersion(long version) {
        return new SessionDescription(origin.withVersion(version), name, connection, timing, attributes, media);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(256).append("v=0\r\n");
        line(out, 'o', origin);
        line(out, 's', name);
        if (connection != null) {
            line(out, 'c', connection);
        }
        line(out, 't', timing);
        attributes.forEach(attribute -> line(out, 'a', attribute));
        for (Media stream : media) {
            line(
                    out,
                    'm',
                    stream.type() + " " + stream.port() + " " + stream.protocol() + " "
                            + String.join(" ", stream.formats()));
            if (stream.connection() != null) {
                line(out, 'c', stream.connection());
            }
            stream.attributes().forEach(attribute -> line(out, 'a', attribute));
        }
        return out.toString();
    }

    private static void line(StringBuilder out, char type, Object value) {
        out.append(type).append('=').append(value).append("\r\n");
    }
}
