package io.segue.registry;

import io.segue.agent.Agent;
import io.segue.agent.Dialect;
import io.segue.agent.NumberPattern;
import io.segue.policy.Canary;
import io.segue.policy.EscalationPolicy;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An {@link Agent}, written down. */
public final class AgentForm implements Form<Agent> {
    private static final URI NOWHERE = URI.create("wss://invalid");

    private final Limits limits;

    public AgentForm(Limits limits) {
        this.limits = limits;
    }

    @Override
    public Read<Agent> read(String id, Map<String, ?> body, @Nullable Agent before) {
        Fields f = Fields.of(body);
        Forms.sameId(f, id);
        Fields auth = f.object("auth");
        Optional<String> secret = auth.secret("secret", limits.secretCharsMax());
        Agent agent = agent(
                id,
                f,
                auth,
                secret,
                before == null ? null : before.auth(),
                before == null ? 0 : before.version(),
                true);
        auth.nothingElse();
        // What a PUT answered may be written back, with what it warned of.
        f.has("warnings");
        f.nothingElse();
        return f.result(() -> agent);
    }

    @Override
    public Read<Agent> load(String id, Map<String, ?> stored) {
        Fields f = Fields.of(stored);
        Optional<String> secret = f.object("secret").secret("auth", limits.secretCharsMax());
        Agent agent =
                agent(id, f, f.object("auth"), secret, null, Stamp.of(stored).version(), false);
        return f.result(() -> agent);
    }

    /** Reads a policy alone, as it would stand in an agent: a draft that is only looked at. */
    public EscalationPolicy draft(Fields f) {
        return PolicyForm.read(f, limits, true);
    }

    @Override
    public Map<String, Object> show(Agent agent) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", agent.id());
        tree.put("name", agent.name());
        tree.put("owner", agent.owner());
        tree.put("url", agent.url().toString());
        tree.put("dialect", Wire.of(agent.dialect()));
        tree.put(
                "numbers", agent.numbers().stream().map(NumberPattern::toString).toList());
        tree.put("mode", Wire.of(agent.mode()));
        if (agent.queue() instanceof String queue) {
            tree.put("queue", queue);
        }
        tree.put("auth", Map.of("type", Wire.of(agent.auth().type())));
        tree.put("filler", agent.filler());
        tree.put("afterHandoff", Wire.of(agent.afterHandoff()));
        tree.put("events", agent.events());
        tree.put("allowInsecure", agent.allowInsecure());
        tree.put("policy", PolicyForm.show(agent.policy()));
        if (agent.canary() instanceof Canary canary) {
            tree.put("canary", canary(canary));
        }
        tree.put(
                "boundaries",
                agent.boundaries().stream().map(AgentForm::boundary).toList());
        Map<String, Object> hitl = new LinkedHashMap<>();
        hitl.put("deadlineSeconds", agent.hitl().deadlineSeconds());
        hitl.put("onExpiry", Wire.of(agent.hitl().onExpiry()));
        tree.put("hitl", hitl);
        tree.put("onViolation", Wire.of(agent.onViolation()));
        tree.put("recording", agent.recording());
        return tree;
    }

    @Override
    public Map<String, Object> store(Agent agent) {
        Map<String, Object> tree = show(agent);
        if (agent.auth().secret() instanceof String secret) {
            tree.put("secret", Map.of("auth", secret));
        }
        return tree;
    }

    private Agent agent(
            String id,
            Fields f,
            Fields auth,
            Optional<String> secret,
            Agent.@Nullable Auth before,
            long version,
            boolean strict) {
        boolean allowInsecure = f.flag("allowInsecure", false);
        return new Agent(
                id,
                f.text("name", limits.nameCharsMax()).orElse(id),
                f.required("owner", limits.nameCharsMax()).orElse(""),
                AgentUrl.read(f, "url", limits.urlCharsMax(), allowInsecure).orElse(NOWHERE),
                f.oneOf("dialect", Dialect.class).orElse(Dialect.TWILIO),
                numbers(f),
                f.oneOf("mode", Agent.Mode.class).orElse(Agent.Mode.HOTL),
                f.id("queue").orElse(null),
                auth(auth, secret, before),
                filler(f),
                f.oneOf("afterHandoff", Agent.AfterHandoff.class).orElse(Agent.AfterHandoff.STOP),
                f.flag("events", false),
                allowInsecure,
                PolicyForm.read(f.object("policy"), limits, strict),
                canary(f, strict),
                boundaries(f, strict),
                hitl(f.object("hitl"), strict),
                f.oneOf("onViolation", Agent.OnViolation.class).orElse(Agent.OnViolation.ALARM),
                f.flag("recording", false),
                version);
    }

    private @Nullable Canary canary(Fields f, boolean strict) {
        if (!f.has("canary")) {
            return null;
        }
        Fields c = f.object("canary");
        if (!c.has("percent")) {
            c.error("percent", "is missing");
        }
        if (!c.has("policy")) {
            c.error("policy", "is missing");
        }
        Canary canary = new Canary(
                c.number("percent", 0, 100).orElse(0.0), PolicyForm.read(c.object("policy"), limits, strict));
        if (strict) {
            c.nothingElse();
        }
        return canary;
    }

    private List<NumberPattern> numbers(Fields f) {
        List<NumberPattern> numbers = new ArrayList<>();
        for (String text : f.texts("numbers", limits.numbersMax(), Ids.CHARS_MAX)) {
            if (text.chars().anyMatch(c -> c <= ' ' || c == '@' || c >= 0x7F)
                    || text.indexOf('*') < text.length() - 1 && text.contains("*")) {
                f.error(
                        "numbers",
                        "each has to be a number or user part, with * at its end at most, not " + Fields.show(text));
            } else {
                numbers.add(NumberPattern.of(text));
            }
        }
        return List.copyOf(numbers);
    }

    private static Agent.Auth auth(Fields f, Optional<String> secret, Agent.@Nullable Auth before) {
        Agent.Auth.Type type = f.oneOf("type", Agent.Auth.Type.class).orElse(Agent.Auth.Type.NONE);
        if (type == Agent.Auth.Type.NONE) {
            if (secret.isPresent()) {
                f.error("secret", "is of no use without a type of bearer, twilio or plivo");
            }
            return new Agent.Auth(type, null);
        }
        String kept = before != null && before.type() == type ? before.secret() : null;
        String used = secret.orElse(kept);
        if (used == null && !f.has("secret")) {
            f.error("secret", "is missing; type " + Wire.of(type) + " needs one");
        }
        return new Agent.Auth(type, used);
    }

    private static String filler(Fields f) {
        String filler = f.text("filler", 5 + Ids.CHARS_MAX).orElse("tone");
        boolean file = filler.startsWith("file:") && Ids.valid(filler.substring(5));
        if (!file && !filler.equals("tone") && !filler.equals("ringback")) {
            f.error("filler", "has to be tone, ringback or file:<id>, not " + Fields.show(filler));
        }
        return filler;
    }

    private List<Agent.Boundary> boundaries(Fields f, boolean strict) {
        List<Agent.Boundary> boundaries = new ArrayList<>();
        for (Fields b : f.objects("boundaries", limits.boundariesMax())) {
            String action = b.required("action", limits.nameCharsMax()).orElse("");
            int star = action.indexOf('*');
            if (star >= 0 && star < action.length() - 1) {
                b.error("action", "may have a * at its end only");
            }
            Double above = b.number("above", 0, 1e12).orElse(null);
            String currency = b.text("currency", 3).orElse(null);
            if (currency != null && !(currency.length() == 3 && currency.chars().allMatch(c -> c >= 'A' && c <= 'Z'))) {
                b.error("currency", "has to be a code of three letters such as USD (ISO 4217)");
            }
            boundaries.add(new Agent.Boundary(action, above, currency));
            if (strict) {
                b.nothingElse();
            }
        }
        return List.copyOf(boundaries);
    }

    private static Map<String, Object> canary(Canary canary) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("percent", canary.percent());
        tree.put("policy", PolicyForm.show(canary.policy()));
        return tree;
    }

    private static Map<String, Object> boundary(Agent.Boundary boundary) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("action", boundary.action());
        if (boundary.above() instanceof Double above) {
            tree.put("above", above);
        }
        if (boundary.currency() instanceof String currency) {
            tree.put("currency", currency);
        }
        return tree;
    }

    private static Agent.Hitl hitl(Fields f, boolean strict) {
        Agent.Hitl defaults = Agent.Hitl.defaults();
        Agent.Hitl hitl = new Agent.Hitl(
                f.whole("deadlineSeconds", 1, 600, defaults.deadlineSeconds()),
                f.oneOf("onExpiry", Agent.OnExpiry.class).orElse(defaults.onExpiry()));
        if (strict) {
            f.nothingElse();
        }
        return hitl;
    }
}
