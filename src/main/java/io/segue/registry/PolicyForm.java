package io.segue.registry;

import io.segue.policy.EscalationPolicy;
import io.segue.policy.IntentSettings;
import io.segue.policy.Phrasebook;
import java.util.Collections;
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
                intents(f, limits, strict),
                f.number("prewarmMargin", 0, 1).orElse(DEFAULTS.prewarmMargin()),
                f.whole("prewarmTurns", 1, 100, DEFAULTS.prewarmTurns()),
                f.whole("prewarmSeconds", 1, 300, DEFAULTS.prewarmSeconds()),
                f.flag("prewarmListen", DEFAULTS.prewarmListen()),
                floor(f),
                Phrasebook.of(ConditionForm.phrases(f, limits.phrasesMax(), limits)),
                dtmf(f),
                f.whole("callerSilenceSeconds", 0, DAY_SECONDS, DEFAULTS.callerSilenceSeconds()),
                f.whole("agentSilenceSeconds", 0, DAY_SECONDS, DEFAULTS.agentSilenceSeconds()),
                f.oneOf("cut", EscalationPolicy.Cut.class).orElse(DEFAULTS.cut()),
                f.whole("cutMaxMs", 0, 60_000, DEFAULTS.cutMaxMs()),
                f.whole("fillerAfterMs", 0, 10_000, DEFAULTS.fillerAfterMs()),
                f.whole("maxWaitSeconds", 1, 3_600, DEFAULTS.maxWaitSeconds()),
                RuleForm.read(f, limits, strict));
        if (strict) {
            f.nothingElse();
        }
        return policy;
    }

    static Map<String, Object> show(EscalationPolicy policy) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("threshold", policy.threshold());
        Map<String, Object> intents = new LinkedHashMap<>();
        policy.intents().forEach((intent, settings) -> intents.put(intent, show(settings)));
        tree.put("intents", intents);
        tree.put("prewarmMargin", policy.prewarmMargin());
        tree.put("prewarmTurns", policy.prewarmTurns());
        tree.put("prewarmSeconds", policy.prewarmSeconds());
        tree.put("prewarmListen", policy.prewarmListen());
        Double floor = policy.sentimentFloor();
        tree.put("sentimentFloor", floor == null ? -1.0 : floor);
        tree.put("phrases", policy.phrases().phrases());
        if (policy.dtmf() instanceof String dtmf) {
            tree.put("dtmf", dtmf);
        }
        tree.put("callerSilenceSeconds", policy.callerSilenceSeconds());
        tree.put("agentSilenceSeconds", policy.agentSilenceSeconds());
        tree.put("cut", Wire.of(policy.cut()));
        tree.put("cutMaxMs", policy.cutMaxMs());
        tree.put("fillerAfterMs", policy.fillerAfterMs());
        tree.put("maxWaitSeconds", policy.maxWaitSeconds());
        if (!policy.rules().rules().isEmpty()) {
            tree.put("rules", RuleForm.show(policy.rules()));
        }
        return tree;
    }

    /** A number is a threshold. */
    private static Map<String, IntentSettings> intents(Fields f, Limits limits, boolean strict) {
        Map<String, IntentSettings> intents = new LinkedHashMap<>();
        Fields object = f.object("intents");
        for (String intent : f.names("intents", limits.intentsMax(), limits.nameCharsMax())) {
            if (object.isObject(intent)) {
                Fields own = object.object(intent);
                intents.put(
                        intent,
                        new IntentSettings(
                                own.number("threshold", 0, 1).orElse(null),
                                own.number("prewarmMargin", 0, 1).orElse(null),
                                WhomForm.read(own, limits),
                                own.number("risk", 0, 1).orElse(null)));
                if (strict) {
                    own.nothingElse();
                }
            } else {
                object.number(intent, 0, 1).map(IntentSettings::of).ifPresent(own -> intents.put(intent, own));
            }
        }
        return Collections.unmodifiableMap(intents);
    }

    private static Object show(IntentSettings settings) {
        if (settings.threshold() instanceof Double threshold && settings.equals(IntentSettings.of(threshold))) {
            return threshold;
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        if (settings.threshold() instanceof Double threshold) {
            tree.put("threshold", threshold);
        }
        if (settings.prewarmMargin() instanceof Double margin) {
            tree.put("prewarmMargin", margin);
        }
        WhomForm.show(settings.whom(), tree);
        if (settings.risk() instanceof Double risk) {
            tree.put("risk", risk);
        }
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
