package io.segue.demo.phone;

import io.segue.demo.ear.Tape;
import io.segue.demo.ear.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One call of a phone: its dialog (RFC 3261 12), its RTP and what reached it. Everything public may be called from any thread. */
public final class Leg {
    final String callId;
    final String localTag;
    final String localUri;
    final boolean caller;
    final RtpStream rtp;
    final PhoneSettings settings;
    final CompletableFuture<Integer> answered = new CompletableFuture<>();
    final CompletableFuture<String> ended = new CompletableFuture<>();
    final CompletableFuture<Void> ringing = new CompletableFuture<>();
    final CompletableFuture<Void> confirmed = new CompletableFuture<>();
    String remoteTag = "";
    String remoteUri = "";
    String remoteTarget = "";
    String localHeader = "";
    String remoteHeader = "";
    String inviteBranch = "";
    String ack = "";
    int sequence = 1;
    int sdpVersion = 1;
    boolean finalSent;
    int awaitingAck = -1;

    @Nullable
    SipText invite;

    private final PhoneBank bank;
    private final List<SipRecord> received = new ArrayList<>();
    private volatile long invitedNanos;
    private volatile long answeredNanos;

    Leg(
            PhoneBank bank,
            String callId,
            String localTag,
            String localUri,
            boolean caller,
            RtpStream rtp,
            PhoneSettings how) {
        this.bank = bank;
        this.callId = callId;
        this.localTag = localTag;
        this.localUri = localUri;
        this.caller = caller;
        this.rtp = rtp;
        this.settings = how;
    }

    /** The Call-ID. */
    public String callId() {
        return callId;
    }

    /** A header of the INVITE that reached this phone, by its name in lower case; empty for none, and for calls it placed itself. */
    public String inviteHeader(String name) {
        SipText came = invite;
        return came == null ? "" : came.header(name);
    }

    /** The body of the INVITE that reached this phone; empty for none, and for calls it placed itself. */
    public String inviteBody() {
        SipText came = invite;
        return came == null ? "" : came.body;
    }

    /** The final status of the INVITE: 200 once the call is up. */
    public CompletableFuture<Integer> answered() {
        return answered;
    }

    /** Done when the first 18x has come or gone. */
    public CompletableFuture<Void> ringing() {
        return ringing;
    }

    /** Done when the ACK has been sent or has come. */
    public CompletableFuture<Void> confirmed() {
        return confirmed;
    }

    /** Done when the call is over, with a word about how: {@code BYE received}, {@code hung up}, a status. */
    public CompletableFuture<String> ended() {
        return ended;
    }

    /** What came by RTP. */
    public Tape tape() {
        return rtp.tape;
    }

    /** When the INVITE left or came, by nanoTime. */
    public long invitedNanos() {
        return invitedNanos;
    }

    /** When the 200 came or left, by nanoTime; 0 before. */
    public long answeredNanos() {
        return answeredNanos;
    }

    /** When the first packet left, by nanoTime; 0 before. */
    public long firstSentNanos() {
        return rtp.firstSentNanos;
    }

    /** How many RTP packets left. */
    public long sent() {
        return rtp.sent;
    }

    /** How often a packet found no socket at the other end. */
    public long unreachable() {
        return rtp.unreachable;
    }

    /** All SIP messages that have reached this call, in order. */
    public List<SipRecord> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /** The SIP messages that reached this call between two moments. */
    public List<SipRecord> received(long fromNanos, long toNanos) {
        return received().stream()
                .filter(r -> r.arrivalNanos() - fromNanos >= 0 && r.arrivalNanos() - toNanos <= 0)
                .toList();
    }

    /** Ends the call with BYE, or CANCEL before it is answered; done with {@link #ended()}. */
    public CompletableFuture<String> hangUp() {
        bank.run(() -> bank.hangUp(this));
        return ended;
    }

    /** Sends digits by RFC 4733. */
    public void dial(String digits) {
        bank.run(() -> rtp.dial(digits));
    }

    /** Says something else from the next packet on, in the same stream. */
    public void say(Voice voice) {
        bank.run(() -> rtp.say(voice));
    }

    /** Stops or goes on sending RTP, without a word by SIP. */
    public void mute(boolean muted) {
        bank.run(() -> rtp.sending = !muted);
    }

    /** Sends a re-INVITE with a direction: {@code sendonly} holds, {@code sendrecv} takes back, {@code inactive}. Gives its status. */
    public CompletableFuture<Integer> renegotiate(String direction) {
        CompletableFuture<Integer> done = new CompletableFuture<>();
        bank.run(() -> bank.reinvite(this, direction, done));
        return done;
    }

    void note(long nanos, String text) {
        synchronized (received) {
            received.add(new SipRecord(nanos, text));
        }
    }

    void invitedAt(long nanos) {
        invitedNanos = nanos;
    }

    void answeredAt(long nanos) {
        answeredNanos = nanos;
    }
}
