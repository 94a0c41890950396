package io.segue.api.signoff;

import io.segue.api.Answers;
import io.segue.api.Json;
import io.segue.api.Problem;
import io.segue.api.auth.Asker;
import io.segue.flow.oversight.Signoffs;
import io.segue.flow.oversight.Signoffs.Redeemed;
import io.segue.registry.Fields;
import io.segue.registry.Read;
import io.segue.signoff.Redemption;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code {"token"}}, and what the back office is about to do, each of which is compared where it is given: {@code "action","type","amount","currency","payload"}. */
@ApplicationScoped
class Redeeming {
    private static final int TOKEN_CHARS_MAX = 4_096;
    private static final int NAME_CHARS_MAX = 256;

    private final Json json;
    private final Answers answers;
    private final Signoffs signoffs;
    private final Asker asker;

    Redeeming(Json json, Answers answers, Signoffs signoffs, Asker asker) {
        this.json = json;
        this.answers = answers;
        this.signoffs = signoffs;
        this.asker = asker;
    }

    private record Form(String token, Redemption redemption) {}

    CompletionStage<Response> redeem(String id, byte @Nullable [] body) {
        return switch (json.read(body)) {
            case Json.Body.Wrong(Problem problem) -> answers.refuse(problem);
            case Json.Body.Tree(Map<String, Object> fields) ->
                switch (form(id, fields)) {
                    case Read.Invalid<Form> invalid -> answers.refuse(Problem.invalid(invalid.errors()));
                    case Read.Ok<Form>(Form form) ->
                        answers.later(signoffs.redeem(form.redemption(), form.token(), asker.actor()), this::redeemed);
                };
        };
    }

    private static Read<Form> form(String id, Map<String, Object> body) {
        Fields f = Fields.of(body);
        Form form = new Form(
                f.required("token", TOKEN_CHARS_MAX).orElse(""),
                new Redemption(
                        id,
                        f.text("action", NAME_CHARS_MAX).orElse(null),
                        f.text("type", NAME_CHARS_MAX).orElse(null),
                        f.number("amount", 0, Double.MAX_VALUE)
                                .map(BigDecimal::valueOf)
                                .orElse(null),
                        VerdictForm.currency(f),
                        VerdictForm.payload(f, body)));
        f.nothingElse();
        return f.result(() -> form);
    }

    private Response redeemed(Redeemed redeemed) {
        return switch (redeemed) {
            case Redeemed.Good(var document) -> answers.tree(200, document);
            case Redeemed.Malformed(var why) ->
                answers.problem(Problem.of(400, "token-malformed", "The token is no token", why));
            case Redeemed.Before(var by, var at) ->
                answers.problem(Problem.of(
                        409,
                        "already-redeemed",
                        "The token is good for one use",
                        "already redeemed by " + by + " at " + Instant.ofEpochMilli(at)));
            case Redeemed.Refused(var fault) ->
                answers.problem(
                        switch (fault.kind()) {
                            case FORGED ->
                                Problem.of(403, "token-forged", "The token is not one of ours", fault.detail());
                            case EXPIRED -> Problem.of(410, "token-expired", "The token has expired", fault.detail());
                            case OTHER ->
                                Problem.of(409, "token-mismatch", "The token is for something else", fault.detail());
                        });
        };
    }
}
