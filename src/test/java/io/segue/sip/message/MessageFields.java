package io.segue.sip.message;

import java.util.List;

/** Names a field of a message as the torture table does: {@code contact.1.uri.param.name}. */
final class MessageFields {

    private MessageFields() {}

    static String of(SipMessage message, String path) {
        int dot = path.indexOf('.');
        String first = dot < 0 ? path : path.substring(0, dot);
        String rest = dot < 0 ? "" : path.substring(dot + 1);
        return switch (first) {
            case "method" -> ((SipRequest) message).method();
            case "status" -> String.valueOf(((SipResponse) message).status());
            case "reason" -> ((SipResponse) message).reason();
            case "uri" -> uri(((SipRequest) message).requestUri(), rest);
            case "callId" -> message.callId();
            case "cseq" -> message.cseq().toString();
            case "maxForwards" -> String.valueOf(message.maxForwards());
            case "body" -> String.valueOf(message.body().length);
            case "type" ->
                rest.isEmpty()
                        ? message.contentType().name()
                        : params(message.contentType().params(), rest);
            case "header" -> message.header(rest);
            case "require" -> String.valueOf(message.headers().all("Require").size());
            case "vias" -> String.valueOf(message.vias().size());
            case "contacts" -> String.valueOf(message.contacts().size());
            case "from" -> address(message.from(), rest);
            case "to" -> address(message.to(), rest);
            case "route" -> address(message.routes().getFirst(), rest);
            case "contact" -> address(pick(message.contacts(), rest), unindexed(rest));
            case "via" -> via(pick(message.vias(), rest), unindexed(rest));
            default -> throw new IllegalArgumentException(path);
        };
    }

    private static <T> T pick(List<T> list, String path) {
        return Character.isDigit(path.charAt(0))
                ? list.get(Integer.parseInt(path.substring(0, path.indexOf('.'))))
                : list.getFirst();
    }

    private static String unindexed(String path) {
        return Character.isDigit(path.charAt(0)) ? path.substring(path.indexOf('.') + 1) : path;
    }

    private static String via(Via via, String path) {
        return switch (path) {
            case "host" -> via.host();
            case "port" -> String.valueOf(via.port());
            case "transport" -> via.transport();
            case "branch" -> via.branch();
            case "received" -> via.received();
            case "unique" -> String.valueOf(via.hasUniqueBranch());
            default -> throw new IllegalArgumentException(path);
        };
    }

    private static String address(NameAddress address, String path) {
        if (path.equals("uri") || path.startsWith("uri.")) {
            return uri(address.uri(), path.equals("uri") ? "" : path.substring(4));
        }
        return switch (path) {
            case "name" -> address.displayName();
            case "tag" -> address.tag();
            case "user" -> uri(address.uri(), "user");
            default -> params(address.params(), path);
        };
    }

    private static String uri(Uri uri, String path) {
        if (path.isEmpty()) {
            return uri.toString();
        }
        if (path.equals("scheme")) {
            return uri.scheme();
        }
        SipUri sip = (SipUri) uri;
        return switch (path) {
            case "user" -> sip.user();
            case "password" -> sip.password();
            case "host" -> sip.host();
            case "address" -> sip.address();
            case "port" -> String.valueOf(sip.port());
            default -> path.startsWith("header.") ? sip.headers().get(path.substring(7)) : params(sip.params(), path);
        };
    }

    private static String params(Params params, String path) {
        String name = path.substring(path.indexOf('.') + 1);
        return path.startsWith("flag.") ? String.valueOf(params.has(name)) : params.get(name);
    }
}
