package io.segue.registry;

import io.segue.policy.EscalationPolicy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An agent's escalation policy, written down. A {@code sentimentFloor} of -1 (or null) lets no mood hand off. */
final class PolicyForm {
    private static final EscalationPolicy DEFAULTS = EscalationPolicy.defaults();
    private static final int DAY_SECONDS = 86_400;

    private PolicyForm() {}

    static EscalationPolicy read(Fields f, Limits limits, boolean strict) {
        EscalationPolicy policy = new EscalationPolicy(
                f.number("threshold", 0, 1).orElse(DEFAULTS.threshold()),
                f.numbers("intents", limits.intentsMax(), limits.nameCharsMax(), 0, 1),
                f.number("prewarmMargin", 0, 1).orElse(DEFAULTS.prewarmMargin()),
                f.whole("prewarmTurns", 1, 100, DEFAULTS.prewarmTurns()),
                f.whole("prewarmSeconds", 1, 300, DEFAULTS.prewarmSeconds()),
                f.flag("prewarmListen", DEFAULTS.prewarmListen()),
                floor(f),
                f.texts("phrases", limits.phrasesMax(), limits.nameCharsMax()),
                dtmf(f),
                f.whole("callerSilenceSeconds", 0, DAY_SECONDS, DEFAULTS.callerSilenceSeconds()),
                f.whole("agentSilenceSeconds", 0, DAY_SECONDS, DEFAULTS.agentSilenceSeconds()),
                f.oneOf("cut", EscalationPolicy.Cut.class).orElse(DEFAULTS.cut()),
                f.whole("cutMaxMs", 0, 60_000, DEFAULTS.cutMaxMs()),
                f.whole("fillerAfterMs", 0, 10_000, DEFAULTS.fillerAfterMs()),
                f.whole("maxWaitSeconds", 1, 3_600, DEFAULTS.maxWaitSeconds()));
        if (strict) {
            f.nothingElse();
        }
        return policy;
    }

    static Map<String, Object> show(EscalationPolicy policy) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("threshold", policy.threshold());
        tree.put("intents", policy.intents());
        tree.put("prewarmMargin", policy.prewarmMargin());
        tree.put("prewarmTurns", policy.prewarmTurns());
        tree.put("prewarmSeconds", policy.prewarmSeconds());
        tree.put("prewarmListen", policy.prewarmListen());
        Double floor = policy.sentimentFloor();
        tree.put("sentimentFloor", floor == null ? -1.0 : floor);
        tree.put("phrases", policy.phrases());
        if (policy.dtmf() instanceof String dtmf) {
            tree.put("dtmf", dtmf);
        }
        tree.put("callerSilenceSeconds", policy.callerSilenceSeconds());
        tree.put("agentSilenceSeconds", policy.agentSilenceSeconds());
        tree.put("cut", Wire.of(policy.cut()));
        tree.put("cutMaxMs", policy.cutMaxMs());
        tree.put("fillerAfterMs", policy.fillerAfterMs());
        tree.put("maxWaitSeconds", policy.maxWaitSeconds());
        return tree;
    }

    private static @Nullable Double floor(Fields f) {
        if (f.isNull("sentimentFloor")) {
            return null;
        }
        Double floor = f.number("sentimentFloor", -1, 1).orElse(DEFAULTS.sentimentFloor());
        return floor != null && floor > -1 ? floor : null;
    }

    private static @Nullable String dtmf(Fields f) {
        String digits = f.text("dtmf", 16).orElse(null);
        if (digits != null && digits.chars().anyMatch(c -> "0123456789*#ABCD".indexOf(c) < 0)) {
            f.error("dtmf", "has to be digits of 0-9 * # A-D, not " + Fields.show(digits));
        }
        return digits;
    }
}
