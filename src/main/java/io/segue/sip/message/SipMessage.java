package io.segue.sip.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A SIP message, RFC 3261 7. The typed views below read the headers; for every message that {@link SipParser} accepted they are
 * valid, for one built by hand they are as good as what was put in. A view of something malformed or absent that must be there is a
 * bug and throws {@link IllegalStateException}.
 */
public sealed interface SipMessage permits SipRequest, SipResponse {

    Headers headers();

    /** The body's octets, empty for none. Not copied: do not change it. */
    byte[] body();

    /** The first value of that header as it stands, or null. */
    default @Nullable String header(String name) {
        return headers().first(name);
    }

    default String callId() {
        return Must.have("Call-ID", headers().views().callId);
    }

    default NameAddress from() {
        return Must.have("From", Must.read(headers().views()::from));
    }

    default NameAddress to() {
        return Must.have("To", Must.read(headers().views()::to));
    }

    default CSeq cseq() {
        return Must.have("CSeq", Must.read(headers().views()::cseq));
    }

    /** The Via of the hop that sent this. */
    default Via topVia() {
        List<Via> vias = vias();
        return Must.have("Via", vias.isEmpty() ? null : vias.getFirst());
    }

    default List<Via> vias() {
        return Must.have("Via", Must.read(headers().views()::vias));
    }

    /** The contacts; empty for {@code Contact: *}, see {@link #contactStar()}. */
    default List<NameAddress> contacts() {
        return Must.have("Contact", Must.read(headers().views()::contacts));
    }

    /** Whether this says {@code Contact: *} (RFC 3261 10.2.2). */
    default boolean contactStar() {
        return headers().views().contactStar;
    }

    default List<NameAddress> routes() {
        return Must.have("Route", Must.read(headers().views()::routes));
    }

    default List<NameAddress> recordRoutes() {
        return Must.have("Record-Route", Must.read(headers().views()::recordRoutes));
    }

    /** 0 to 255, or null where there is no such header. */
    default @Nullable Integer maxForwards() {
        return Must.read(headers().views()::maxForwards);
    }

    /** What the body is, or null where it is not said. */
    default @Nullable MediaType contentType() {
        return Must.read(headers().views()::contentType);
    }
}
