package io.segue.demo.phone;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The session description of a phone (RFC 8866, RFC 3264), one stream of audio.
 *
 * @param peer where to send
 * @param payloadType the first of PCMU (0) and PCMA (8) in it
 * @param eventType the type of telephone-event, or -1
 * @param direction {@code sendrecv} and so on, from the side that wrote it
 */
record Sdp(InetSocketAddress peer, int payloadType, int eventType, String direction) {

    static String write(InetSocketAddress local, int session, int version, List<Integer> types, String direction) {
        String host = local.getAddress().getHostAddress();
        StringBuilder text = new StringBuilder(320)
                .append("v=0\r\no=phone ")
                .append(session)
                .append(' ')
                .append(version)
                .append(" IN IP4 ")
                .append(host)
                .append("\r\ns=-\r\nc=IN IP4 ")
                .append(host)
                .append("\r\nt=0 0\r\nm=audio ")
                .append(local.getPort())
                .append(" RTP/AVP");
        types.forEach(type -> text.append(' ').append(type));
        text.append(" 101\r\n");
        for (int type : types) {
            text.append("a=rtpmap:").append(type).append(type == 8 ? " PCMA/8000\r\n" : " PCMU/8000\r\n");
        }
        return text.append("a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=")
                .append(direction)
                .append("\r\n")
                .toString();
    }

    /** Reads a description; null when there is no stream of audio in one of the codings that a phone speaks. */
    static @Nullable Sdp read(String text, List<Integer> spoken) {
        String host = "";
        int port = 0;
        int type = -1;
        int event = -1;
        String direction = "sendrecv";
        for (String line : text.split("\r?\n", -1)) {
            if (line.startsWith("c=IN IP4 ")) {
                host = line.substring(9).trim();
            } else if (line.startsWith("m=audio ")) {
                String[] parts = line.split(" ", -1);
                port = Integer.parseInt(parts[1]);
                type = Arrays.stream(parts)
                        .skip(3)
                        .mapToInt(Integer::parseInt)
                        .filter(spoken::contains)
                        .findFirst()
                        .orElse(-1);
            } else if (line.startsWith("a=rtpmap:") && line.contains("telephone-event/8000")) {
                event = Integer.parseInt(line.substring(9, line.indexOf(' ')));
            } else if (line.matches("a=(sendrecv|sendonly|recvonly|inactive)")) {
                direction = line.substring(2);
            }
        }
        if (host.isEmpty() || type < 0 || port <= 0) {
            return null;
        }
        return new Sdp(new InetSocketAddress(InetAddress.ofLiteral(host), port), type, event, direction);
    }

    /** The direction that answers this one. */
    String mirrored() {
        return switch (direction) {
            case "sendonly" -> "recvonly";
            case "recvonly" -> "sendonly";
            default -> direction;
        };
    }
}
