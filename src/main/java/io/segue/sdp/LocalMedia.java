package io.segue.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Our side of a stream, for making offers and answers.
 *
 * @param address the address that the peer sends to, without brackets
 * @param port our RTP port, even, 1 to 65534; the browsers' port where it is a browser's stream
 * @param sessionId the o= line's number, 0 to 2^62, new for each dialog (RFC 3264 5)
 * @param codecs what we take, the preferred one first
 * @param packetMs packet time that we ask for where the peer asks for none, 10 to 60
 * @param security what we say of ourselves to a browser; null for plain RTP
 * @param last our last description in this dialog, null for none: the version counts on from it
 */
public record LocalMedia(
        String address,
        int port,
        long sessionId,
        List<Codec> codecs,
        int packetMs,
        @Nullable Security security,
        @Nullable SessionDescription last) {

    public LocalMedia {
        codecs = List.copyOf(codecs);
        if (codecs.isEmpty() || packetMs < 10 || packetMs > 60 || port < 1 || port > 65535 || sessionId < 0) {
            throw new IllegalArgumentException("no local media");
        }
    }

    /** Both laws, mu-law first, 20 ms, first description. */
    public static LocalMedia first(String address, int port, long sessionId) {
        return new LocalMedia(address, port, sessionId, List.of(Codec.PCMU, Codec.PCMA), 20, null, null);
    }

    /** With that codec in front, as the other leg of a call has it. */
    public LocalMedia preferring(Codec codec) {
        List<Codec> order = codec == Codec.PCMU ? List.of(Codec.PCMU, Codec.PCMA) : List.of(Codec.PCMA, Codec.PCMU);
        return new LocalMedia(
                address,
                port,
                sessionId,
                order.stream().filter(codecs::contains).toList(),
                packetMs,
                security,
                last);
    }

    /** For a browser, or for a phone where there is nothing to say. */
    public LocalMedia secured(@Nullable Security said) {
        return new LocalMedia(address, port, sessionId, codecs, packetMs, said, last);
    }

    /** After a description has been sent. */
    public LocalMedia after(SessionDescription sent) {
        return new LocalMedia(address, port, sessionId, codecs, packetMs, security, sent);
    }
}
