package io.segue.flow.leg;

import io.segue.flow.media.MediaLeg;
import io.segue.sdp.Agreement;
import io.segue.sdp.Codec;
import io.segue.sdp.Direction;
import io.segue.sdp.Limits;
import io.segue.sdp.LocalMedia;
import io.segue.sdp.Negotiated;
import io.segue.sdp.OfferAnswer;
import io.segue.sdp.ParsedSdp;
import io.segue.sdp.SessionDescription;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One leg's offers and answers (RFC 3264), and what they mean to its media. Used on the leg's thread. */
public final class Negotiation {
    private final MediaLeg media;
    private LocalMedia local;
    private @Nullable Agreement agreement;
    private String said = "";

    /** @param preferred offered first: the other leg's, so that nothing has to be converted */
    public Negotiation(MediaLeg media, @Nullable Codec preferred) {
        this.media = media;
        InetSocketAddress address = media.local();
        LocalMedia first = LocalMedia.first(
                        address.getAddress().getHostAddress(),
                        address.getPort(),
                        Integer.toUnsignedLong(media.hashCode()))
                .secured(media.security());
        this.local = preferred == null ? first : first.preferring(preferred);
    }

    /** Our answer to the peer's offer; none when nothing matches. */
    public Optional<String> answer(String offer) {
        if (!(read(offer) instanceof ParsedSdp.Understood(var description))) {
            return Optional.empty();
        }
        Negotiated negotiated = OfferAnswer.answer(description, local, codec());
        if (negotiated instanceof Negotiated.Answered(var answer, var agreed)) {
            agree(agreed);
            return Optional.of(say(answer));
        }
        return Optional.empty();
    }

    /** Our offer: the first one, or the one to a peer that asks for it again. */
    public String offer() {
        return say(OfferAnswer.offer(local, Direction.SENDRECV));
    }

    /** Whether the peer's answer to our last offer can be worked with. */
    public boolean answered(String answer) {
        SessionDescription offered = local.last();
        if (offered != null
                && read(answer) instanceof ParsedSdp.Understood(var description)
                && OfferAnswer.read(offered, description) instanceof Negotiated.Accepted(var agreed)) {
            agree(agreed);
            return true;
        }
        return false;
    }

    private static ParsedSdp read(String sdp) {
        return SessionDescription.parse(sdp.getBytes(StandardCharsets.UTF_8), Limits.defaults());
    }

    private String say(SessionDescription description) {
        local = local.after(description);
        said = new String(description.write(), StandardCharsets.UTF_8);
        return said;
    }

    private void agree(Agreement agreed) {
        agreement = agreed;
        media.negotiated(agreed);
    }

    /** What was agreed on last; none before the first answer. */
    @Nullable
    public Agreement agreement() {
        return agreement;
    }

    @Nullable
    public Codec codec() {
        return agreement == null ? null : agreement.codec();
    }

    /** Whether the peer has put us on hold: it wants to hear nothing. */
    public boolean held() {
        return agreement != null && !agreement.weSend();
    }

    /** What we said last. */
    public String local() {
        return said;
    }
}
