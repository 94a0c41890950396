package io.segue.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A browser's stream: DTLS-SRTP (RFC 5764 8) on one port with its RTCP (RFC 5761), found by ICE (RFC 8839), as JSEP has it (RFC 8829). We are ICE-lite with one host candidate, and never the
 * one who begins the handshake.
 */
final class WebStream {
    static final String PROTOCOL = "UDP/TLS/RTP/SAVPF";

    /** What our own offers call their one stream. */
    static final String MID = "0";

    /** Of the one candidate there is: type preference 126, component 1 (RFC 8445 5.1.2.1). */
    private static final long HOST_PRIORITY = 2_130_706_431L;

    private WebStream() {}

    static boolean isOne(Media stream) {
        String protocol = stream.protocol().toUpperCase(Locale.ROOT);
        return protocol.equals(PROTOCOL) || protocol.equals("UDP/TLS/RTP/SAVP");
    }

    /** What the peer says of itself; none where something is missing, or where RTCP is to have a port of its own. */
    static Optional<Security> read(SessionDescription description, Media stream) {
        String ufrag = either(description, stream, "ice-ufrag");
        String password = either(description, stream, "ice-pwd");
        if (ufrag == null || password == null || !Security.isUfrag(ufrag) || !Security.isPassword(password)) {
            return Optional.empty();
        }
        return has(stream, "rtcp-mux")
                ? fingerprint(stream.attributes())
                        .or(() -> fingerprint(description.attributes()))
                        .map(one -> new Security(ufrag, password, one))
                : Optional.empty();
    }

    /** Whether the peer begins the handshake, or lets us choose who does ({@code a=setup}, RFC 8842 5). */
    static boolean begins(SessionDescription description, Media stream) {
        String setup = either(description, stream, "setup");
        return setup == null || setup.equalsIgnoreCase("active") || setup.equalsIgnoreCase("actpass");
    }

    static String mid(Media stream) {
        String mid = stream.attribute("mid");
        return mid == null ? "" : mid.strip();
    }

    /** A line refused keeps its name, so that it is known which one it is (RFC 8829 5.3.1). */
    static Media refused(Media stream) {
        String mid = mid(stream);
        Media refused = stream.refused();
        return mid.isEmpty()
                ? refused
                : new Media(
                        refused.type(),
                        0,
                        refused.protocol(),
                        refused.formats(),
                        null,
                        List.of(new Attribute("mid", mid)));
    }

    /** The session's attributes. */
    static List<Attribute> common(@Nullable String mid) {
        List<Attribute> attributes = new ArrayList<>(2);
        if (mid != null && !mid.isEmpty()) {
            attributes.add(new Attribute("group", "BUNDLE " + mid));
        }
        attributes.add(new Attribute("ice-lite", null));
        return List.copyOf(attributes);
    }

    /** Those of our stream, beside what every stream has. */
    static List<Attribute> own(LocalMedia local, Security security, String mid, boolean offering) {
        List<Attribute> attributes = new ArrayList<>(10);
        if (!mid.isEmpty()) {
            attributes.add(new Attribute("mid", mid));
        }
        attributes.add(new Attribute("msid", "segue audio"));
        attributes.add(new Attribute("rtcp-mux", null));
        attributes.add(new Attribute("ice-ufrag", security.ufrag()));
        attributes.add(new Attribute("ice-pwd", security.password()));
        attributes.add(new Attribute("fingerprint", security.fingerprint().toString()));
        attributes.add(new Attribute("setup", offering ? "actpass" : "passive"));
        attributes.add(new Attribute(
                "candidate", "1 1 udp " + HOST_PRIORITY + " " + local.address() + " " + local.port() + " typ host"));
        attributes.add(new Attribute("end-of-candidates", null));
        return attributes;
    }

    private static @Nullable String either(SessionDescription description, Media stream, String name) {
        String own = stream.attribute(name);
        String value = own == null ? first(description.attributes(), name) : own;
        return value == null ? null : value.strip();
    }

    private static @Nullable String first(List<Attribute> attributes, String name) {
        for (Attribute attribute : attributes) {
            if (attribute.is(name)) {
                return attribute.value();
            }
        }
        return null;
    }

    private static boolean has(Media stream, String name) {
        return stream.attributes().stream().anyMatch(attribute -> attribute.is(name));
    }

    private static Optional<Fingerprint> fingerprint(List<Attribute> attributes) {
        for (Attribute attribute : attributes) {
            String value = attribute.is("fingerprint") ? attribute.value() : null;
            Optional<Fingerprint> read = value == null ? Optional.empty() : Fingerprint.read(value);
            if (read.isPresent()) {
                return read;
            }
        }
        return Optional.empty();
    }
}
