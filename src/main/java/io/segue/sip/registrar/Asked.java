package io.segue.sip.registrar;

import io.segue.sip.message.NameAddress;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/** One Contact of a REGISTER. */
record Asked(
        NameAddress address,
        SipUri uri,
        long seconds,
        @Nullable String instance,
        int regId) {
    private static final long SECONDS_MAX = 0xFFFF_FFFFL;
    private static final int REG_ID_MAX = Integer.MAX_VALUE;

    static Asked of(NameAddress address, SipUri uri, SipRequest register, Limits limits) {
        String own = address.params().get("expires");
        String all = register.header("Expires");
        String given = own != null ? own : all;
        long seconds = given == null ? limits.defaultSeconds() : number(given, SECONDS_MAX, limits.defaultSeconds());
        String instance = address.params().get("+sip.instance");
        boolean outbound = register.headers().all("Supported").stream()
                .anyMatch(option -> option.strip().equalsIgnoreCase("outbound"));
        String regId = address.params().get("reg-id");
        return new Asked(
                address,
                uri,
                seconds,
                instance,
                outbound && instance != null && regId != null ? (int) number(regId, REG_ID_MAX, 0) : 0);
    }

    boolean isFlow() {
        return regId > 0;
    }

    /** The binding this Contact is about: the same flow, or the same URI (RFC 5626 6, RFC 3261 10.3). */
    boolean isAbout(Binding binding) {
        if (isFlow() && binding.isFlow()) {
            return regId == binding.regId()
                    && binding.instance() != null
                    && binding.instance().equals(instance);
        }
        return SipUri.parse(binding.contact()).filter(uri::sameAs).isPresent();
    }

    /** {@code q} in thousandths. */
    int priority() {
        String q = address.params().get("q");
        if (q == null || !q.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?")) {
            return 1_000;
        }
        return (int) Math.round(Double.parseDouble(q) * 1_000);
    }

    /** What is not a number counts as the default (RFC 3261 20.10), what is too large as the largest. */
    static long number(String text, long max, long otherwise) {
        String digits = text.strip();
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return otherwise;
        }
        return digits.length() > 10 ? max : Math.min(max, Long.parseLong(digits));
    }
}
