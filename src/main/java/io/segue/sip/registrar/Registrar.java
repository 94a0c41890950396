package io.segue.sip.registrar;

import io.segue.sip.message.Headers;
import io.segue.sip.message.NameAddress;
import io.segue.sip.message.Reasons;
import io.segue.sip.message.Responses;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.message.SipUri;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The registrar (RFC 3261 10.3 steps 5 to 8; the user has been authenticated before). A REGISTER counts whole or not at all. Flows of RFC 5626
 * are kept when we are the first hop: requests go down the connection or to the address that a REGISTER came from.
 */
public final class Registrar {
    private static final long MS = 1_000;

    private final Limits limits;

    public Registrar(Limits limits) {
        this.limits = limits;
    }

    /**
     * Answers a REGISTER.
     *
     * @param bindings what the user has so far
     * @param user who proved to be sending it; their own address of record is the only one they may change
     * @param toTag for the response
     * @param nowMs milliseconds since 1970
     */
    public Registration step(
            List<Binding> bindings, SipRequest register, String user, Origin origin, String toTag, long nowMs) {
        List<Binding> live = bindings.stream().filter(b -> b.isLive(nowMs)).toList();
        Attempt attempt = new Attempt(register, origin, toTag, nowMs);
        if (!(register.to().uri() instanceof SipUri to) || !user.equals(to.user())) {
            return new Registration(live, attempt.refusal(403, "Not your address of record"));
        }
        return register.contactStar() ? attempt.removeAll(live) : attempt.update(live);
    }

    /** Where to reach a user now: higher {@code q} first, of equal ones the newest. */
    public static List<Binding> targets(List<Binding> bindings, long nowMs) {
        return bindings.stream()
                .filter(b -> b.isLive(nowMs))
                .sorted(Comparator.comparingInt(Binding::priority)
                        .thenComparingLong(Binding::expiresAtMs)
                        .reversed())
                .toList();
    }

    /** One REGISTER on its way. */
    private final class Attempt {
        private final SipRequest register;
        private final Origin origin;
        private final String toTag;
        private final long nowMs;

        Attempt(SipRequest register, Origin origin, String toTag, long nowMs) {
            this.register = register;
            this.origin = origin;
            this.toTag = toTag;
            this.nowMs = nowMs;
        }

        /** {@code Contact: *} (step 6): alone, and with {@code Expires: 0}. */
        Registration removeAll(List<Binding> live) {
            String expires = register.header("Expires");
            boolean alone = register.headers().all("Contact").size() == 1;
            if (!alone || expires == null || !expires.strip().matches("0+")) {
                return new Registration(live, refusal(400, "Contact * needs Expires 0 and nothing else"));
            }
            if (live.stream().anyMatch(this::isStale)) {
                return new Registration(live, refusal(500, "Out of order"));
            }
            return accept(List.of(), false);
        }

        /** Step 7; without a Contact it only asks. */
        Registration update(List<Binding> live) {
            List<Asked> asked = new ArrayList<>();
            for (NameAddress address : register.contacts()) {
                if (!(address.uri() instanceof SipUri uri)) {
                    return new Registration(live, refusal(400, "Contact has to be a SIP URI"));
                }
                asked.add(Asked.of(address, uri, register, limits));
            }
            boolean flows = asked.stream().anyMatch(Asked::isFlow);
            Optional<SipResponse> refusal = refusal(asked, flows);
            if (refusal.isPresent()) {
                return new Registration(live, refusal.get());
            }
            List<Binding> changed = new ArrayList<>(live);
            for (Asked one : asked) {
                if (live.stream().anyMatch(binding -> one.isAbout(binding) && isStale(binding))) {
                    return new Registration(live, refusal(500, "Out of order"));
                }
                changed.removeIf(one::isAbout);
                if (one.seconds() > 0) {
                    changed.add(binding(one));
                }
            }
            if (changed.size() > limits.contactsMax()) {
                return new Registration(live, tooMany(live));
            }
            return accept(List.copyOf(changed), flows);
        }

        private Optional<SipResponse> refusal(List<Asked> asked, boolean flows) {
            if (asked.stream().anyMatch(one -> one.seconds() > 0 && one.seconds() < limits.minSeconds())) {
                return Optional.of(
                        refusal(423, Reasons.of(423)).with("Min-Expires", Long.toString(limits.minSeconds())));
            }
            if (flows && register.headers().all("Via").size() > 1) {
                // RFC 5626 6: a proxy between us and the phone holds the flow, and did not say that it would.
                return Optional.of(refusal(439, "First Hop Lacks Outbound Support"));
            }
            if (flows && asked.stream().filter(one -> one.seconds() > 0).count() > 1) {
                return Optional.of(refusal(400, "One Contact to a flow"));
            }
            return Optional.empty();
        }

        /** Of the same REGISTER sequence, and not after it. The same request again does not get here: its transaction answers it. */
        private boolean isStale(Binding binding) {
            return binding.callId().equals(register.callId()) && register.cseq().number() <= binding.sequence();
        }

        private Binding binding(Asked asked) {
            long seconds = Math.min(asked.seconds(), limits.maxSeconds());
            return new Binding(
                    asked.uri().toString(),
                    asked.address().params().without("expires").toString(),
                    asked.priority(),
                    register.callId(),
                    register.cseq().number(),
                    nowMs + seconds * MS,
                    asked.instance(),
                    asked.regId(),
                    origin.transport(),
                    origin.address().getAddress().getHostAddress(),
                    origin.address().getPort(),
                    origin.connection());
        }

        private SipResponse tooMany(List<Binding> live) {
            long firstMs = live.stream().mapToLong(Binding::expiresAtMs).min().orElse(nowMs + MS);
            long seconds = Math.max(1, (firstMs - nowMs + MS - 1) / MS);
            return refusal(503, "Too many contacts").with("Retry-After", Long.toString(seconds));
        }

        /** Step 8: every live binding with the time it has left. */
        private Registration accept(List<Binding> bindings, boolean flows) {
            SipResponse response = Responses.to(register, 200, Reasons.of(200), toTag);
            Headers.Builder headers = response.headers().toBuilder();
            for (Binding binding : bindings) {
                headers.add(
                        "Contact",
                        "<" + binding.contact() + ">" + binding.parameters() + ";expires=" + leftSeconds(binding));
            }
            if (flows) {
                headers.add("Require", "outbound");
            }
            return new Registration(
                    bindings,
                    response.withHeaders(headers.add("Supported", "outbound").build()));
        }

        private long leftSeconds(Binding binding) {
            return (binding.expiresAtMs() - nowMs + MS - 1) / MS;
        }

        SipResponse refusal(int status, String reason) {
            return Responses.to(register, status, reason, toTag);
        }
    }
}
