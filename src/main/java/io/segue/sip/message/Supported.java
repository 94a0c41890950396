package io.segue.sip.message;

import java.util.List;

/**
 * What an endpoint can do, for {@link RequestCheck}.
 *
 * @param methods in the order that Allow lists them
 * @param extensions option tags that a Require may name
 * @param contentTypes media types that a body may have, in lower case, in the order that Accept lists them
 * @param infoContentTypes the same for the body of an INFO
 */
public record Supported(
        List<String> methods, List<String> extensions, List<String> contentTypes, List<String> infoContentTypes) {

    public Supported {
        methods = List.copyOf(methods);
        extensions = List.copyOf(extensions);
        contentTypes = List.copyOf(contentTypes);
        infoContentTypes = List.copyOf(infoContentTypes);
    }

    public static Supported defaults() {
        return new Supported(
                List.of("INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "REGISTER", "UPDATE", "INFO"),
                List.of(),
                List.of("application/sdp", "multipart/mixed"),
                List.of("application/dtmf-relay", "application/dtmf"));
    }

    /** The value of an Allow header. */
    public String allow() {
        return String.join(", ", methods);
    }

    /** The value of an Accept header. */
    public String accept() {
        return String.join(", ", contentTypes);
    }
}
