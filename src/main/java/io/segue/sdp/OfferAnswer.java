package io.segue.sdp;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Offers and answers, RFC 3264, for one audio stream of G.711 with telephone events over plain RTP, or over DTLS-SRTP where our side is
 * {@linkplain LocalMedia#security() secure}. One codec is in an answer; every other stream is refused with port 0. Pure: our last description comes in, the next one goes out.
 */
public final class OfferAnswer {

    /** Where nothing else is said, what nearly all peers use. */
    private static final int EVENTS = 101;

    private OfferAnswer() {}

    /** An offer with all codecs of ours, both ways. */
    public static SessionDescription offer(LocalMedia local) {
        return offer(local, Direction.SENDRECV);
    }

    /** An offer, the first one or a further one. */
    public static SessionDescription offer(LocalMedia local, Direction direction) {
        List<Formats.Offered> codecs = local.codecs().stream()
                .map(codec -> new Formats.Offered(codec, codec.payloadType()))
                .toList();
        Media stream = stream(local, codecs, EVENTS, local.packetMs(), direction, own(local, WebStream.MID, true));
        return versioned(local, "0 0", WebStream.MID, List.of(stream));
    }

    /** Answers an offer with the first codec of the offer that we take. */
    public static Negotiated answer(SessionDescription offer, LocalMedia local) {
        return answer(offer, local, null);
    }

    /**
     * Answers an offer.
     *
     * @param keep the codec in use, taken when it is offered wherever it stands, so that a further offer changes nothing
     */
    public static Negotiated answer(SessionDescription offer, LocalMedia local, @Nullable Codec keep) {
        List<Media> answers = new ArrayList<>(offer.media().size());
        Agreement agreement = null;
        String mid = null;
        for (Media stream : offer.media()) {
            Formats.Offered codec = agreement == null ? choose(offer, stream, local, keep) : null;
            if (codec == null) {
                answers.add(local.security() == null ? stream.refused() : WebStream.refused(stream));
                continue;
            }
            Direction offered = direction(offer, stream);
            Integer events = Formats.events(stream);
            int packetMs = Formats.packetMs(stream, local.packetMs());
            mid = bundled(offer) ? WebStream.mid(stream) : "";
            answers.add(stream(
                    local,
                    List.of(codec),
                    events,
                    packetMs,
                    offered.mirrored(),
                    own(local, WebStream.mid(stream), false)));
            agreement = new Agreement(
                    remote(offer, stream),
                    remoteRtcp(offer, stream),
                    codec.codec(),
                    codec.payloadType(),
                    codec.payloadType(),
                    events,
                    events,
                    packetMs,
                    offered.receives(),
                    offered.sends(),
                    security(offer, stream));
        }
        return agreement == null
                ? new Negotiated.Refused("no stream with PCMU or PCMA over "
                        + (local.security() == null ? "RTP/AVP" : WebStream.PROTOCOL + " that we could answer"))
                : new Negotiated.Answered(versioned(local, offer.timing(), mid, answers), agreement);
    }

    /** Reads the answer to an offer of ours. Payload types may differ in each direction (RFC 3264 5.1). */
    public static Negotiated read(SessionDescription ourOffer, SessionDescription answer) {
        if (answer.media().isEmpty()) {
            return new Negotiated.Refused("the answer has no stream");
        }
        Media ours = ourOffer.media().getFirst();
        Media theirs = answer.media().getFirst();
        if (!takes(answer, theirs, WebStream.isOne(ours)) || theirs.port() == 0 || answer.connection(theirs) == null) {
            return new Negotiated.Refused("the answer refuses the stream");
        }
        for (Formats.Offered chosen : Formats.codecs(theirs)) {
            for (Formats.Offered offered : Formats.codecs(ours)) {
                if (offered.codec() == chosen.codec()) {
                    return new Negotiated.Accepted(agreement(ourOffer, ours, answer, theirs, offered, chosen));
                }
            }
        }
        return new Negotiated.Refused("the answer has a codec that was not offered");
    }

    private static Agreement agreement(
            SessionDescription ourOffer,
            Media ours,
            SessionDescription answer,
            Media theirs,
            Formats.Offered offered,
            Formats.Offered chosen) {
        Direction wanted = ourOffer.direction(ours);
        Direction granted = direction(answer, theirs);
        Integer theirEvents = Formats.events(theirs);
        return new Agreement(
                remote(answer, theirs),
                remoteRtcp(answer, theirs),
                chosen.codec(),
                chosen.payloadType(),
                offered.payloadType(),
                theirEvents,
                theirEvents == null ? null : Formats.events(ours),
                Formats.packetMs(theirs, Formats.packetMs(ours, 20)),
                wanted.sends() && granted.receives(),
                wanted.receives() && granted.sends(),
                security(answer, theirs));
    }

    private static Formats.@Nullable Offered choose(
            SessionDescription offer, Media stream, LocalMedia local, @Nullable Codec keep) {
        if (!takes(offer, stream, local.security() != null) || stream.port() == 0 || offer.connection(stream) == null) {
            return null;
        }
        Formats.Offered first = null;
        for (Formats.Offered offered : Formats.codecs(stream)) {
            if (local.codecs().contains(offered.codec())) {
                if (offered.codec() == keep) {
                    return offered;
                }
                first = first == null ? offered : first;
            }
        }
        return first;
    }

    private static boolean takes(SessionDescription description, Media stream, boolean secure) {
        if (!stream.type().equalsIgnoreCase("audio")) {
            return false;
        }
        return secure
                ? WebStream.isOne(stream)
                        && WebStream.begins(description, stream)
                        && WebStream.read(description, stream).isPresent()
                : stream.protocol().equalsIgnoreCase("RTP/AVP");
    }

    private static @Nullable Security security(SessionDescription description, Media stream) {
        return WebStream.isOne(stream) ? WebStream.read(description, stream).orElse(null) : null;
    }

    private static List<Attribute> own(LocalMedia local, String mid, boolean offering) {
        Security security = local.security();
        return security == null ? List.of() : WebStream.own(local, security, mid, offering);
    }

    private static boolean bundled(SessionDescription offer) {
        return offer.attributes().stream().anyMatch(attribute -> attribute.is("group"));
    }

    /**
     * An address of zeros is the hold of RFC 2543: the peer hears nothing whatever the attribute says. A browser's is always such a one (RFC 8829 5.2.1), and says nothing.
     */
    private static Direction direction(SessionDescription description, Media stream) {
        Direction said = description.direction(stream);
        if (WebStream.isOne(stream)) {
            return said;
        }
        boolean held = Objects.requireNonNull(description.connection(stream)).held();
        return held ? Direction.of(said.sends(), false) : said;
    }

    private static InetSocketAddress remote(SessionDescription description, Media stream) {
        return Objects.requireNonNull(description.connection(stream)).at(stream.port());
    }

    /** {@code a=rtcp:port [IN IP4 address]}, RFC 3605 2.1. */
    private static InetSocketAddress remoteRtcp(SessionDescription description, Media stream) {
        Connection connection = Objects.requireNonNull(description.connection(stream));
        if (WebStream.isOne(stream)) {
            return connection.at(stream.port());
        }
        String value = stream.attribute("rtcp");
        String[] words = value == null ? new String[0] : value.strip().split(" ", 5);
        int port = words.length == 0 ? -1 : Numbers.read(words[0], 65535);
        if (port <= 0) {
            return connection.at(Math.min(stream.port() + 1, 65535));
        }
        boolean own = words.length == 4 && words[1].equalsIgnoreCase("IN") && !words[3].isEmpty();
        return (own ? new Connection(words[2].equalsIgnoreCase("IP6"), words[3]) : connection).at(port);
    }

    private static Media stream(
            LocalMedia local,
            List<Formats.Offered> codecs,
            @Nullable Integer events,
            int packetMs,
            Direction direction,
            List<Attribute> own) {
        List<String> formats = new ArrayList<>(3);
        List<Attribute> attributes = new ArrayList<>(6);
        for (Formats.Offered codec : codecs) {
            formats.add(String.valueOf(codec.payloadType()));
            attributes.add(new Attribute(
                    "rtpmap", codec.payloadType() + " " + codec.codec().name() + "/8000"));
        }
        if (events != null) {
            formats.add(events.toString());
            attributes.add(new Attribute("rtpmap", events + " telephone-event/8000"));
            attributes.add(new Attribute("fmtp", events + " 0-16"));
        }
        attributes.add(new Attribute("ptime", String.valueOf(packetMs)));
        attributes.add(new Attribute(direction.attribute(), null));
        attributes.addAll(own);
        String protocol = own.isEmpty() ? "RTP/AVP" : WebStream.PROTOCOL;
        return new Media("audio", local.port(), protocol, formats, null, attributes);
    }

    /** The version goes up by one when anything else differs from our last description (RFC 3264 8). */
    private static SessionDescription versioned(
            LocalMedia local, String timing, @Nullable String mid, List<Media> media) {
        Connection address = Connection.of(local.address());
        List<Attribute> common = local.security() == null ? List.of() : WebStream.common(mid);
        SessionDescription last = local.last();
        long version =
                last == null ? local.sessionId() : Long.parseLong(last.origin().version());
        Origin origin = new Origin("-", String.valueOf(local.sessionId()), String.valueOf(version), address);
        SessionDescription next = new SessionDescription(origin, "-", address, timing, common, media);
        return last == null || next.equals(last) ? next : next.withVersion(version + 1);
    }
}
