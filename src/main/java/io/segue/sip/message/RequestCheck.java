package io.segue.sip.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a UAS looks at before it looks at what a request means, in the order of RFC 3261 8.2: method, Request-URI, hops, extensions,
 * content. An ACK is answered by nobody and passes; a CANCEL is not asked for extensions (8.2.2.3).
 */
public final class RequestCheck {

    private RequestCheck() {}

    /** The response that refuses the request; empty when it may go on. */
    public static Optional<SipResponse> check(SipRequest request, Supported supported) {
        if (request.is("ACK")) {
            return Optional.empty();
        }
        return method(request, supported)
                .or(() -> uri(request))
                .or(() -> hops(request))
                .or(() -> extensions(request, supported))
                .or(() -> content(request, supported))
                .or(() -> accept(request));
    }

    /** 8.2.1: 405 for what is known and not done here, 501 for what is not even known (21.5.2). */
    private static Optional<SipResponse> method(SipRequest request, Supported supported) {
        if (supported.methods().contains(request.method())) {
            return Optional.empty();
        }
        int status = Methods.known(request.method()) ? 405 : 501;
        return Optional.of(Responses.to(request, status).with("Allow", supported.allow()));
    }

    /** 8.2.2.1, and 10.3: a registrar's To is an address of record. */
    private static Optional<SipResponse> uri(SipRequest request) {
        if (request.requestUri() instanceof OtherUri) {
            return Optional.of(Responses.to(request, 416));
        }
        if (request.is("REGISTER") && !(request.to().uri() instanceof SipUri)) {
            return Optional.of(Responses.to(request, 400, "To is no address of record"));
        }
        return Optional.empty();
    }

    /** 16.3: what goes on from here goes on with one hop less (RFC 7332). A CANCEL or BYE never goes on. */
    private static Optional<SipResponse> hops(SipRequest request) {
        Integer hops = request.maxForwards();
        boolean ends = request.is("CANCEL") || request.is("BYE");
        return hops != null && hops == 0 && !ends ? Optional.of(Responses.to(request, 483)) : Optional.empty();
    }

    private static Optional<SipResponse> extensions(SipRequest request, Supported supported) {
        if (request.is("CANCEL")) {
            return Optional.empty();
        }
        List<String> unknown = new ArrayList<>(2);
        for (String tag : request.headers().all("Require")) {
            if (!supported.extensions().contains(tag.toLowerCase(Locale.ROOT))) {
                unknown.add(tag);
            }
        }
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(Responses.to(request, 420).with("Unsupported", String.join(", ", unknown)));
    }

    /** 8.2.3. A body that is marked optional is not asked for its type. */
    private static Optional<SipResponse> content(SipRequest request, Supported supported) {
        if (request.body().length == 0 || isOptional(request)) {
            return Optional.empty();
        }
        for (String coding : request.headers().all("Content-Encoding")) {
            if (!coding.equalsIgnoreCase("identity")) {
                return Optional.of(Responses.to(request, 415).with("Accept-Encoding", "identity"));
            }
        }
        List<String> types = request.is("INFO") ? supported.infoContentTypes() : supported.contentTypes();
        MediaType type = request.contentType();
        if (type == null) {
            return Optional.of(Responses.to(request, 400, "No Content-Type"));
        }
        return types.contains(type.name())
                ? Optional.empty()
                : Optional.of(Responses.to(request, 415).with("Accept", String.join(", ", types)));
    }

    private static boolean isOptional(SipRequest request) {
        String disposition = request.header("Content-Disposition");
        return disposition != null
                && disposition.toLowerCase(Locale.ROOT).replace(" ", "").contains(";handling=optional");
    }

    /** 20.1: the answer to an INVITE or UPDATE is a session description or nothing. */
    private static Optional<SipResponse> accept(SipRequest request) {
        if ((!request.is("INVITE") && !request.is("UPDATE"))
                || !request.headers().has("Accept")) {
            return Optional.empty();
        }
        for (String range : request.headers().all("Accept")) {
            String type = range.split(";", 2)[0].replace(" ", "").toLowerCase(Locale.ROOT);
            if (type.equals("application/sdp") || type.equals("application/*") || type.equals("*/*")) {
                return Optional.empty();
            }
        }
        return Optional.of(
                Responses.to(request, 406).with("Warning", "399 segue \"Session descriptions are application/sdp\""));
    }
}
