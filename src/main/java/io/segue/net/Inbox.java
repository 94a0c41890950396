package io.segue.net;

import io.segue.sip.message.Parsed;
import io.segue.sip.message.SipMessage;
import io.segue.sip.message.SipParser;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.message.Via;
import io.segue.sip.transaction.Arrival;
import io.segue.sip.transaction.TransactionLayer;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** From bytes to the transactions: read, judged, counted. Nothing that comes makes it throw. */
final class Inbox {
    /** What became of a message. */
    enum Outcome {
        ADMITTED,
        /** Its sender is a stranger, who is to get no answer. */
        REFUSED,
        /** A keep-alive, unreadable, or of no use. */
        IGNORED
    }

    private static final Logger LOG = Logger.getLogger(Inbox.class);
    private static final long LOG_EVERY_MS = 1_000;

    private final io.segue.sip.message.Limits limits;
    private final Admission admission;
    private final TransactionLayer layer;
    private final SipCounters counters;
    private long loggedAt = Long.MIN_VALUE;

    Inbox(io.segue.sip.message.Limits limits, Admission admission, TransactionLayer layer, SipCounters counters) {
        this.limits = limits;
        this.admission = admission;
        this.layer = layer;
        this.counters = counters;
    }

    boolean knows(InetSocketAddress source) {
        return admission.knows(source);
    }

    boolean knows(Arrival arrival) {
        return admission.knows(arrival);
    }

    Outcome take(byte[] buffer, int offset, int length, Arrival arrival, long now) {
        try {
            if (!admission.worthReading(arrival, buffer, offset, length)) {
                return refused(Drop.STRANGER, arrival);
            }
            return switch (SipParser.parse(buffer, offset, length, limits)) {
                case Parsed.Message(SipMessage message) ->
                    switch (message) {
                        case SipRequest request -> request(request, arrival, now);
                        case SipResponse response -> response(response, arrival, now);
                    };
                case Parsed.Answerable(int status, String reason, SipRequest request) ->
                    refuse(request, status, reason, arrival, now);
                case Parsed.Discarded ignored -> {
                    counters.drop(Drop.UNREADABLE);
                    yield Outcome.IGNORED;
                }
                case Parsed.KeepAlive() -> Outcome.IGNORED;
            };
        } catch (Throwable t) {
            failed(t, arrival, now);
            return Outcome.IGNORED;
        }
    }

    /** Answers what is no whole message, by its header section alone. */
    void takeHead(byte[] buffer, int offset, int length, int status, String reason, Arrival arrival, long now) {
        try {
            if (admission.worthReading(arrival, buffer, offset, length)) {
                switch (SipParser.parse(buffer, offset, length, limits)) {
                    case Parsed.Message(SipRequest request) -> refuse(request, status, reason, arrival, now);
                    case Parsed.Answerable(int ignored, String ignoredToo, SipRequest request) ->
                        refuse(request, status, reason, arrival, now);
                    case Parsed.Message ignored -> {}
                    case Parsed.Discarded ignored -> {}
                    case Parsed.KeepAlive ignored -> {}
                }
            }
        } catch (Throwable t) {
            failed(t, arrival, now);
        }
    }

    private Outcome request(SipRequest request, Arrival arrival, long now) {
        counters.received(arrival.transport(), request.method(), 0);
        return switch (admission.judge(request, request.vias(), arrival, now)) {
            case Admission.Verdict.Refused(Drop why) -> refused(why, arrival);
            case Admission.Verdict.Admitted(Arrival judged) -> {
                layer.receive(request, judged, now);
                yield Outcome.ADMITTED;
            }
        };
    }

    private Outcome response(SipResponse response, Arrival arrival, long now) {
        counters.received(arrival.transport(), response.cseq().method(), response.status());
        boolean welcome = knows(arrival) || layer.expects(response);
        if (welcome && layer.receive(response, arrival, now)) {
            return Outcome.ADMITTED;
        }
        return refused(Drop.STRAY_RESPONSE, arrival);
    }

    private Outcome refuse(SipRequest request, int status, String reason, Arrival arrival, long now) {
        counters.received(arrival.transport(), request.method(), 0);
        counters.malformedRequest();
        List<Via> vias = request.headers().all("Via").stream()
                .map(Via::parse)
                .flatMap(Optional::stream)
                .toList();
        return switch (admission.judge(request, vias, arrival, now)) {
            case Admission.Verdict.Refused(Drop why) -> refused(why, arrival);
            case Admission.Verdict.Admitted(Arrival judged) -> {
                layer.refuse(request, status, reason, judged);
                yield Outcome.ADMITTED;
            }
        };
    }

    private Outcome refused(Drop why, Arrival arrival) {
        counters.drop(why);
        return knows(arrival) ? Outcome.IGNORED : Outcome.REFUSED;
    }

    private void failed(Throwable t, Arrival arrival, long now) {
        counters.drop(Drop.HANDLING_FAILED);
        if (loggedAt == Long.MIN_VALUE || now - loggedAt >= LOG_EVERY_MS) {
            loggedAt = now;
            LOG.errorf(t, "The handling of a message from %s over %s failed", arrival.remote(), arrival.transport());
        }
    }
}
