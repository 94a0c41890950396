package io.segue.it;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A page with a softphone: SIP by hand down a real WebSocket. It answers with SDP that suits the offer, and sends no audio. */
final class WebPage implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 10;

    private final String user;
    private final String page = RawSip.fresh();
    private final String instance;
    private final BlockingQueue<RawSip.Message> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private WebSocket socket;
    private int sequence;

    private WebPage(String user, String instance, WebSocket.Builder builder, URI http) {
        this.user = user;
        this.instance = instance;
        this.socket = connect(builder, http);
    }

    static WebPage open(URI http, String user) {
        return open(http, user, RawSip.fresh());
    }

    /** @param instance the same one is the same browser */
    static WebPage open(URI http, String user, String instance) {
        return new WebPage(user, instance, HttpClient.newHttpClient().newWebSocketBuilder(), http);
    }

    private WebSocket connect(WebSocket.Builder builder, URI http) {
        return builder.header("Origin", http.toString())
                .subprotocols("sip")
                .buildAsync(URI.create("ws://" + http.getAuthority() + "/sip"), new Ear())
                .join();
    }

    /** The same page with another socket, as after its network was away. */
    void reconnect(URI http) {
        socket = connect(HttpClient.newHttpClient().newWebSocketBuilder(), http);
    }

    private final class Ear implements WebSocket.Listener {
        private final StringBuilder begun = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            begun.append(data);
            if (last) {
                received.add(new RawSip.Message(begun.toString()));
                begun.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            closed.complete(status);
            return null;
        }
    }

    /** The status the socket was closed with. */
    int closed() {
        return Scene.done("the socket is closed", closed);
    }

    void send(String text) {
        socket.sendText(text, true)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    RawSip.@Nullable Message next(int seconds) {
        try {
            return received.poll(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The next message, which has to be this: {@code INVITE}, {@code 200}. */
    RawSip.Message expect(String what) {
        RawSip.Message next = next(PATIENCE_SECONDS);
        if (next == null || !next.text().startsWith(what + " ") && !next.text().startsWith("SIP/2.0 " + what)) {
            throw new AssertionError(what + " should have come, but: " + (next == null ? "nothing" : next.text()));
        }
        return next;
    }

    /** Sends a REGISTER; gives its answer. */
    RawSip.Message register(String... headers) {
        String more = List.of(headers).stream().map(header -> header + "\r\n").collect(Collectors.joining());
        send("REGISTER sip:segue.example SIP/2.0\r\n"
                + "Via: SIP/2.0/WS " + page + ".invalid;branch=z9hG4bK" + RawSip.fresh() + "\r\n"
                + "Max-Forwards: 69\r\n"
                + "From: <sip:" + user + "@segue.example>;tag=from\r\n"
                + "To: <sip:" + user + "@segue.example>\r\n"
                + "Call-ID: " + page + "\r\n"
                + "CSeq: " + ++sequence + " REGISTER\r\n"
                + "Contact: " + contact() + ";reg-id=1;+sip.instance=\"<urn:uuid:" + instance + ">\";expires=600\r\n"
                + "Supported: path, outbound\r\n"
                + more
                + "Content-Length: 0\r\n\r\n");
        RawSip.Message answer = next(PATIENCE_SECONDS);
        if (answer == null) {
            throw new AssertionError("no answer to REGISTER");
        }
        return answer;
    }

    private String contact() {
        return "<sip:" + page + "@" + page + ".invalid;transport=ws>";
    }

    WebPage registeredWith(String password) {
        RawSip.Message challenge = register();
        int status = register("Authorization: " + digest(lastChallenge(challenge.text()), password))
                .status();
        if (status != 200) {
            throw new AssertionError("REGISTER was answered " + status);
        }
        return this;
    }

    /** The one that JsSIP and SIP.js look at. */
    private static String lastChallenge(String answer) {
        return answer.lines()
                .filter(line -> line.startsWith("WWW-Authenticate: "))
                .reduce("", (before, line) -> line);
    }

    private String digest(String challenge, String password) {
        String realm = quoted(challenge, "realm");
        String nonce = quoted(challenge, "nonce");
        String uri = "sip:segue.example";
        String response = md5(
                md5(user + ":" + realm + ":" + password) + ":" + nonce + ":00000001:cn:auth:" + md5("REGISTER:" + uri));
        return "Digest username=\"" + user + "\", realm=\"" + realm + "\", nonce=\"" + nonce + "\", uri=\"" + uri
                + "\", response=\"" + response + "\", algorithm=MD5, cnonce=\"cn\", qop=auth, nc=00000001";
    }

    private static String quoted(String challenge, String name) {
        Matcher matcher = Pattern.compile(name + "=\"([^\"]*)\"").matcher(challenge);
        if (!challenge.contains("algorithm=MD5") || !matcher.find()) {
            throw new AssertionError("no challenge by MD5: " + challenge);
        }
        return matcher.group(1);
    }

    private static String md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Answers a request. */
    void answer(RawSip.Message request, String status) {
        answer(request, status, "");
    }

    /** Picks up. */
    void accept(RawSip.Message invite) {
        answer(invite, "200 OK", sdp(invite.text()));
    }

    private void answer(RawSip.Message request, String status, String sdp) {
        StringBuilder response = new StringBuilder("SIP/2.0 " + status + "\r\n");
        for (String name : List.of("Via", "From", "To", "Call-ID", "CSeq")) {
            String tag = name.equals("To") && !request.header("To").contains("tag=") ? ";tag=" + page : "";
            response.append(name + ": " + request.header(name) + tag + "\r\n");
        }
        response.append("Contact: " + contact() + "\r\n");
        if (!sdp.isEmpty()) {
            response.append("Content-Type: application/sdp\r\n");
        }
        send(response + "Content-Length: " + sdp.length() + "\r\n\r\n" + sdp);
    }

    /** A request of a dialog that the gateway began with this INVITE. */
    void request(String method, RawSip.Message invite) {
        send(method + " sip:segue@segue.example SIP/2.0\r\n"
                + "Via: SIP/2.0/WS " + page + ".invalid;branch=z9hG4bK" + RawSip.fresh() + "\r\n"
                + "Max-Forwards: 69\r\n"
                + "From: " + invite.header("To") + ";tag=" + page + "\r\n"
                + "To: " + invite.header("From") + "\r\n"
                + "Call-ID: " + invite.header("Call-ID") + "\r\n"
                + "CSeq: " + ++sequence + " " + method + "\r\n"
                + "Content-Length: 0\r\n\r\n");
    }

    /** PCMU, in the profile that is offered. */
    private static String sdp(String invite) {
        Matcher media = Pattern.compile("(?m)^m=audio (\\d+) (\\S+) ").matcher(invite);
        if (!media.find()) {
            throw new AssertionError("no audio is offered: " + invite);
        }
        String plain = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n" + "m=audio 9 "
                + media.group(2) + " 0\r\na=sendrecv\r\n";
        if (!media.group(2).contains("SAVPF")) {
            return plain;
        }
        Matcher mid = Pattern.compile("(?m)^a=mid:(\\S+)").matcher(invite);
        String fingerprint = HexFormat.ofDelimiter(":").withUpperCase().formatHex(new byte[32]);
        return plain + "a=rtcp-mux\r\na=setup:active\r\na=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\n"
                + "a=fingerprint:sha-256 " + fingerprint + "\r\n"
                + (mid.find() ? "a=mid:" + mid.group(1) + "\r\n" : "");
    }

    /** As when a tab is closed or its network is gone. */
    @Override
    public void close() {
        socket.abort();
    }
}
