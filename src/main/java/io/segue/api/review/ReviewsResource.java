package io.segue.api.review;

import io.segue.agent.Agent;
import io.segue.api.Answers;
import io.segue.api.auth.Asker;
import io.segue.api.auth.Role;
import io.segue.audit.Actor;
import io.segue.flow.review.Reviews;
import io.segue.flow.review.Reviews.Offer;
import io.segue.flow.review.Reviews.Span;
import io.segue.flow.review.Reviews.Wish;
import io.segue.policy.IntentSettings;
import io.segue.registry.Directory;
import io.segue.registry.Wire;
import io.segue.review.Agreement;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Turns that are worth a label, one at a time, and how far reviewers agree. */
@Path("/api/v1/reviews")
@Produces(MediaType.APPLICATION_JSON)
public class ReviewsResource {
    private final Answers answers;
    private final Reviews reviews;
    private final Directory directory;
    private final Limits limits;
    private final Asker asker;

    ReviewsResource(Answers answers, Reviews reviews, Directory directory, Limits limits, Asker asker) {
        this.answers = answers;
        this.reviews = reviews;
        this.directory = directory;
        this.limits = limits;
        this.asker = asker;
    }

    /** The asker's for as long as {@code leaseUntil} says. 204: none is left. A human is given turns of the calls that came to them. */
    @GET
    @Path("/next")
    @RolesAllowed({Role.Name.HUMAN, Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> next(
            @QueryParam("agent") @Nullable String agent,
            @QueryParam("intent") @Nullable String intent,
            @QueryParam("skip") @Nullable String skip) {
        Parameters p = new Parameters();
        Span span = p.span(agent, null, null);
        boolean skips = p.flag("skip", skip);
        p.done();
        Actor actor = asker.actor();
        Wish wish = new Wish(
                actor.name(),
                actor.role().equals(Role.Name.HUMAN) ? asker.name() : null,
                span.agent(),
                intent,
                skips,
                limits.sampling(),
                ThreadLocalRandom.current().nextDouble(),
                limits.lease(),
                limits.window(),
                risks());
        return answers.later(reviews.next(wish), offer -> offer.map(found -> answers.tree(200, shown(found)))
                .orElseGet(() -> Response.noContent().build()));
    }

    /** Cohen's kappa over all turns with two labels, and by the roles of those who labelled. */
    @GET
    @Path("/agreement")
    @RolesAllowed({Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> agreement(
            @QueryParam("agent") @Nullable String agent,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        Parameters p = new Parameters();
        Span span = p.span(agent, from, to);
        p.done();
        return answers.later(reviews.pairs(span), pairs -> answers.tree(200, shown(pairs)));
    }

    private Map<String, Map<String, Double>> risks() {
        Map<String, Map<String, Double>> risks = new HashMap<>();
        for (Agent agent : directory.agents()) {
            for (Map.Entry<String, IntentSettings> intent :
                    agent.policy().intents().entrySet()) {
                if (intent.getValue().risk() instanceof Double risk) {
                    risks.computeIfAbsent(agent.id(), id -> new HashMap<>()).put(intent.getKey(), risk);
                }
            }
        }
        return risks;
    }

    private static Map<String, Object> shown(Offer offer) {
        String call = "/api/v1/calls/" + offer.call();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("call", offer.call());
        if (offer.agent() instanceof String agent) {
            tree.put("agent", agent);
        }
        offer.turns().stream()
                .filter(turn -> offer.turn().equals(turn.get("id")))
                .findFirst()
                .ifPresent(turn -> tree.put("turn", turn));
        tree.put("turns", offer.turns());
        tree.put("slice", Wire.of(offer.slice()));
        if (offer.score() instanceof Double score) {
            tree.put("score", score);
        }
        tree.put("leaseUntil", offer.untilMs());
        tree.put("context", call + "/context");
        tree.put(
                "label",
                call + "/turns/"
                        + URLEncoder.encode(offer.turn(), StandardCharsets.UTF_8)
                                .replace("+", "%20") + "/label");
        return tree;
    }

    private static Map<String, Object> shown(Map<List<String>, Map<Agreement.Pair, Long>> pairs) {
        Map<Agreement.Pair, Long> all = new HashMap<>();
        Map<String, Map<Agreement.Pair, Long>> byRole = new TreeMap<>();
        pairs.forEach((roles, counts) -> counts.forEach((pair, count) -> {
            all.merge(pair, count, Long::sum);
            boolean swapped = roles.getFirst().compareTo(roles.getLast()) > 0;
            String name = roles.stream()
                    .distinct()
                    .sorted()
                    .reduce((a, b) -> a + "+" + b)
                    .orElse("");
            byRole.computeIfAbsent(name, n -> new HashMap<>())
                    .merge(swapped ? new Agreement.Pair(pair.second(), pair.first()) : pair, count, Long::sum);
        }));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("overall", shown(Agreement.of(all)));
        Map<String, Object> roles = new LinkedHashMap<>();
        byRole.forEach((role, counts) -> roles.put(role, shown(Agreement.of(counts))));
        tree.put("roles", roles);
        return tree;
    }

    private static Map<String, Object> shown(Agreement agreement) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("turns", agreement.turns());
        Shown.put(tree, "observed", agreement.observed());
        Shown.put(tree, "expected", agreement.expected());
        Shown.put(tree, "kappa", agreement.kappa());
        return tree;
    }
}
