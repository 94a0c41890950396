package io.segue.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the payload types of a stream mean (RFC 8866 6.6, RFC 3551 6). Static types 0 and 8 need no rtpmap. */
final class Formats {

    private Formats() {}

    /** A payload type that stands for one of our codecs. */
    record Offered(Codec codec, int payloadType) {}

    /** The codecs of a stream in its order of preference. */
    static List<Offered> codecs(Media stream) {
        List<Offered> found = new ArrayList<>(2);
        for (String format : stream.formats()) {
            int type = Numbers.read(format, 127);
            if (type < 0) {
                continue;
            }
            for (Codec codec : Codec.values()) {
                if (encoding(stream, type).equals(codec.name() + "/8000")) {
                    found.add(new Offered(codec, type));
                }
            }
        }
        return found;
    }

    /** The payload type of telephone events at the clock of G.711 (RFC 4733 2.1), null for none. */
    static @Nullable Integer events(Media stream) {
        for (String format : stream.formats()) {
            int type = Numbers.read(format, 127);
            if (type >= 0 && encoding(stream, type).equals("TELEPHONE-EVENT/8000")) {
                return type;
            }
        }
        return null;
    }

    /** Name and clock in upper case, without the number of channels where it is one. */
    private static String encoding(Media stream, int type) {
        String start = type + " ";
        for (Attribute attribute : stream.attributes()) {
            String value = attribute.value();
            if (attribute.is("rtpmap") && value != null && value.strip().startsWith(start)) {
                String encoding =
                        value.strip().substring(start.length()).strip().toUpperCase(Locale.ROOT);
                return encoding.endsWith("/8000/1") ? encoding.substring(0, encoding.length() - 2) : encoding;
            }
        }
        for (Codec codec : Codec.values()) {
            if (codec.payloadType() == type) {
                return codec.name() + "/8000";
            }
        }
        return "";
    }

    /** The packet time that a stream asks for, within 10 to 60; another one where it asks for none. */
    static int packetMs(Media stream, int otherwise) {
        int wanted = milliseconds(stream, "ptime");
        int most = milliseconds(stream, "maxptime");
        int packet = wanted > 0 ? wanted : otherwise;
        if (most > 0 && packet > most) {
            packet = most;
        }
        return Math.clamp(packet, 10, 60);
    }

    /** Some peers write fractions. */
    private static int milliseconds(Media stream, String attribute) {
        String value = stream.attribute(attribute);
        if (value == null) {
            return -1;
        }
        String text = value.strip();
        int point = text.indexOf('.');
        return Numbers.read(point < 0 ? text : text.substring(0, point), 10_000);
    }
}
