package io.segue.sdp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads descriptions as carriers send them: v= and o= must stand first, the order of other lines does not matter, lines of no
 * interest and lines that are none are passed over.
 */
final class SdpReader {

    private @Nullable Origin origin;
    private String name = "-";
    private String timing = "";
    private @Nullable Connection connection;
    private final List<Attribute> attributes = new ArrayList<>();
    private final List<Media> media = new ArrayList<>();
    private @Nullable Media stream;
    private List<Attribute> streamAttributes = new ArrayList<>();
    private final Limits limits;

    private SdpReader(Limits limits) {
        this.limits = limits;
    }

    static ParsedSdp read(byte[] body, Limits limits) {
        if (body.length > limits.octetsMax()) {
            return new ParsedSdp.Rejected("the description is too long");
        }
        try {
            return new ParsedSdp.Understood(new SdpReader(limits).read(new String(body, StandardCharsets.UTF_8)));
        } catch (Unreadable e) {
            return new ParsedSdp.Rejected(e.why);
        }
    }

    private SessionDescription read(String text) throws Unreadable {
        int at = 0;
        int lines = 0;
        while (at < text.length()) {
            int newline = text.indexOf('\n', at);
            int next = newline < 0 ? text.length() : newline + 1;
            int end = newline < 0 ? text.length() : newline;
            if (end > at && text.charAt(end - 1) == '\r') {
                end--;
            }
            if (++lines > limits.linesMax()) {
                throw new Unreadable("too many lines");
            }
            line(text.substring(at, end), lines);
            at = next;
        }
        endStream();
        if (origin == null) {
            throw new Unreadable("no o= line");
        }
        return new SessionDescription(origin, name, connection, timing, attributes, media);
    }

    private void line(String line, int number) throws Unreadable {
        if (number == 1 && !line.strip().equals("v=0")) {
            throw new Unreadable("no v=0 line");
        }
        if (line.indexOf('\r') >= 0 || line.indexOf(0) >= 0) {
            throw new Unreadable("a control character in a line");
        }
        if (line.length() < 2 || line.charAt(1) != '=') {
            return;
        }
        String value = line.substring(2);
        switch (line.charAt(0)) {
            case 'o' -> origin = origin(words(value));
            case 's' -> name = value;
            case 't' -> timing = timing.isEmpty() ? value : timing;
            case 'c' -> connection(words(value));
            case 'a' -> attribute(value);
            case 'm' -> stream(words(value));
            default -> {
                // b=, i=, k=, r=, z=, … say nothing that an answer depends on.
            }
        }
    }

    private static Origin origin(List<String> words) throws Unreadable {
        if (words.size() < 6) {
            throw new Unreadable("the o= line is too short");
        }
        return new Origin(words.get(0), words.get(1), words.get(2), address(words, 3));
    }

    private void connection(List<String> words) throws Unreadable {
        Connection read = address(words, 0);
        if (stream == null) {
            connection = read;
        } else if (stream.connection() == null) {
            stream = new Media(stream.type(), stream.port(), stream.protocol(), stream.formats(), read, List.of());
        }
    }

    private static Connection address(List<String> words, int at) throws Unreadable {
        if (words.size() < at + 3 || !words.get(at).equalsIgnoreCase("IN")) {
            throw new Unreadable("no Internet address");
        }
        String family = words.get(at + 1);
        if (!family.equalsIgnoreCase("IP4") && !family.equalsIgnoreCase("IP6")) {
            throw new Unreadable("no address of IP4 or IP6");
        }
        String address = words.get(at + 2);
        int slash = address.indexOf('/');
        if (slash == 0) {
            throw new Unreadable("no Internet address");
        }
        return new Connection(family.equalsIgnoreCase("IP6"), slash < 0 ? address : address.substring(0, slash));
    }

    private void attribute(String value) {
        int colon = value.indexOf(':');
        String named = colon < 0 ? value.strip() : value.substring(0, colon);
        if (named.isEmpty()) {
            return;
        }
        Attribute read = new Attribute(named, colon < 0 ? null : value.substring(colon + 1));
        (stream == null ? attributes : streamAttributes).add(read);
    }

    private void stream(List<String> words) throws Unreadable {
        endStream();
        if (words.size() < 4) {
            throw new Unreadable("the m= line is too short");
        }
        if (media.size() >= limits.mediaMax() || words.size() - 3 > limits.formatsMax()) {
            throw new Unreadable("too many streams or formats");
        }
        String port = words.get(1);
        int slash = port.indexOf('/');
        int number = Numbers.read(slash < 0 ? port : port.substring(0, slash), 65535);
        if (number < 0) {
            throw new Unreadable("the m= line has no port");
        }
        stream = new Media(words.get(0), number, words.get(2), words.subList(3, words.size()), null, List.of());
    }

    private void endStream() {
        if (stream != null) {
            media.add(new Media(
                    stream.type(),
                    stream.port(),
                    stream.protocol(),
                    stream.formats(),
                    stream.connection(),
                    streamAttributes));
            streamAttributes = new ArrayList<>();
            stream = null;
        }
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>(8);
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && text.charAt(end) != ' ' && text.charAt(end) != '\t') {
                end++;
            }
            if (end > at) {
                words.add(text.substring(at, end));
            }
            at = end + 1;
        }
        return words;
    }

    /** Carries no stack: a stranger can cause it. */
    private static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        private final String why;

        Unreadable(String why) {
            super(why, null, false, false);
            this.why = why;
        }
    }
}
