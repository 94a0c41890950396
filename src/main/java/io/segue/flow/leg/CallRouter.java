package io.segue.flow.leg;

import io.segue.sip.dialog.Identifiers;
import io.segue.sip.dialog.Signal;
import io.segue.sip.message.Headers;
import io.segue.sip.message.RequestCheck;
import io.segue.sip.message.Responses;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.message.Supported;
import io.segue.sip.transaction.Arrival;
import io.segue.sip.transaction.ClientTransactionId;
import io.segue.sip.transaction.ConnectionId;
import io.segue.sip.transaction.ServerTransactionId;
import io.segue.sip.transaction.TransactionUser;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Takes what the SIP endpoint hears to the leg it belongs to. Runs on the endpoint's thread, and hands on at once. */
public final class CallRouter implements TransactionUser {
    private static final Logger LOG = Logger.getLogger(CallRouter.class);
    private static final Supported SUPPORTED = Supported.defaults();

    private final SipRoutes routes;
    private final Arrivals arrivals;
    private final Identifiers identifiers;

    /** Takes what is in no dialog yet. */
    public interface Arrivals {
        /** Either answers the INVITE or makes a call of it. */
        void invite(ServerTransactionId id, SipRequest invite, Arrival arrival);

        /**
         * Answers a REGISTER.
         *
         * @param answer takes the answer, on any thread
         */
        void register(SipRequest request, Arrival arrival, Consumer<SipResponse> answer);

        /** A WebSocket is gone. */
        void lost(ConnectionId webSocket);

        /** Whether no new calls are taken. */
        boolean draining();
    }

    public CallRouter(SipRoutes routes, Arrivals arrivals, Identifiers identifiers) {
        this.routes = routes;
        this.arrivals = arrivals;
        this.identifiers = identifiers;
    }

    @Override
    public void onRequest(ServerTransactionId id, SipRequest request, Arrival arrival) {
        Optional<SipResponse> refusal = RequestCheck.check(request, SUPPORTED);
        if (refusal.isPresent()) {
            routes.signalling().respond(id, tagged(refusal.get()));
        } else if (request.to().tag() != null) {
            inDialog(id, request);
        } else {
            switch (request.method()) {
                case "INVITE" -> arrivals.invite(id, request, arrival);
                case "OPTIONS" -> answer(id, request, options(request));
                case "REGISTER" ->
                    arrivals.register(
                            request, arrival, response -> routes.signalling().respond(id, response));
                default -> answer(id, request, Responses.to(request, 481));
            }
        }
    }

    private void inDialog(ServerTransactionId id, SipRequest request) {
        Optional<SipLeg> leg = routes.ofRequest(request);
        if (leg.isEmpty()) {
            routes.signalling().respond(id, Responses.to(request, 481));
        } else if (!leg.get().post(new Signal.Requested(id, request))) {
            routes.signalling().respond(id, unavailable(request, 1));
        }
    }

    private SipResponse options(SipRequest request) {
        if (arrivals.draining()) {
            return unavailable(request, 30);
        }
        Headers.Builder headers = Responses.to(request, 200).headers().toBuilder();
        headers.add("Allow", SUPPORTED.allow()).add("Accept", SUPPORTED.accept());
        return Responses.to(request, 200).withHeaders(headers.build());
    }

    public static SipResponse unavailable(SipRequest request, int retryAfterSeconds) {
        return Responses.to(request, 503).with("Retry-After", Integer.toString(retryAfterSeconds));
    }

    private void answer(ServerTransactionId id, SipRequest request, SipResponse response) {
        routes.signalling().respond(id, tagged(response));
    }

    /** A final answer outside a dialog carries a To tag of ours (RFC 3261 8.2.6.2). */
    private SipResponse tagged(SipResponse response) {
        return response.to().tag() != null
                ? response
                : response.withHeaders(response.headers()
                        .with("To", response.to().withTag(identifiers.tag()).toString()));
    }

    @Override
    public void onAck(SipRequest ack, Arrival arrival) {
        routes.ofRequest(ack).ifPresent(leg -> leg.post(new Signal.Acknowledged(ack)));
    }

    @Override
    public void onCancel(ServerTransactionId invite, SipRequest cancel) {
        routes.ofInvite(invite).ifPresent(leg -> leg.post(new Signal.Cancelled(invite, cancel)));
    }

    @Override
    public void onResponse(ClientTransactionId id, SipResponse response) {
        routes.responded(id, response);
    }

    @Override
    public void onTimeout(ClientTransactionId id) {
        LOG.debugf("no answer to %s", id);
        routes.timedOut(id);
    }

    @Override
    public void onTransportError(ClientTransactionId id) {
        LOG.debugf("%s could not be sent", id);
        routes.unsent(id);
    }

    @Override
    public void onConnectionLost(ConnectionId connection) {
        arrivals.lost(connection);
    }

    @Override
    public void onStray2xx(SipResponse response) {
        routes.stray(response);
    }
}
