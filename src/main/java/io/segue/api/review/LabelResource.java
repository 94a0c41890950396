package io.segue.api.review;

import io.quarkus.security.identity.SecurityIdentity;
import io.segue.api.Answers;
import io.segue.api.CallIds;
import io.segue.api.Json;
import io.segue.api.Ownership;
import io.segue.api.Problem;
import io.segue.api.auth.Asker;
import io.segue.api.auth.Role;
import io.segue.flow.review.LabelDesk;
import io.segue.flow.review.LabelDesk.Answer;
import io.segue.flow.review.Reviews;
import io.segue.registry.FieldError;
import io.segue.registry.Read;
import io.segue.review.Label;
import io.segue.review.Labelling.Lease;
import io.segue.review.Labelling.Ruling;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Labels of a call's turns. A human labels turns of the calls that came to them. */
@Path("/api/v1/calls/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class LabelResource {
    /** An entity tag (RFC 9110, 8.8.3) that is a version. */
    private static final Pattern TAG = Pattern.compile("\"([1-9][0-9]{0,8})\"");

    private final Json json;
    private final Answers answers;
    private final LabelDesk desk;
    private final Reviews reviews;
    private final io.segue.api.Limits limits;
    private final Asker asker;
    private final SecurityIdentity identity;

    LabelResource(
            Json json,
            Answers answers,
            LabelDesk desk,
            Reviews reviews,
            io.segue.api.Limits limits,
            Asker asker,
            SecurityIdentity identity) {
        this.json = json;
        this.answers = answers;
        this.desk = desk;
        this.reviews = reviews;
        this.limits = limits;
        this.asker = asker;
        this.identity = identity;
    }

    /** See {@link LabelForm}. With {@code If-Match: "<version>"} it changes another's label. */
    @PUT
    @Path("/turns/{turn}/label")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.Name.HUMAN, Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> label(
            @PathParam("id") String id,
            @PathParam("turn") String turn,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            byte @Nullable [] body) {
        if (!CallIds.valid(id)) {
            return answers.refuse(CallIds.missing());
        }
        OptionalInt version = version(ifMatch);
        if (ifMatch != null && version.isEmpty()) {
            return invalid("If-Match", "has to be one version in quotes, such as \"3\"");
        }
        return switch (json.read(body)) {
            case Json.Body.Wrong(Problem problem) -> answers.refuse(problem);
            case Json.Body.Tree(Map<String, Object> fields) ->
                switch (LabelForm.read(fields, limits.textCharsMax())) {
                    case Read.Invalid<Reviews.Draft> invalid -> answers.refuse(Problem.invalid(invalid.errors()));
                    case Read.Ok<Reviews.Draft>(Reviews.Draft draft) ->
                        answers.later(
                                desk.label(
                                        id,
                                        turn,
                                        draft,
                                        asker.actor(),
                                        version.isPresent() ? version.getAsInt() : null,
                                        readable()),
                                this::answer);
                };
        };
    }

    @GET
    @Path("/labels")
    @RolesAllowed({Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> labels(@PathParam("id") String id) {
        return CallIds.valid(id)
                ? answers.later(
                        reviews.labels(id),
                        labels -> answers.items(labels.stream()
                                .map(of -> LabelDesk.shown(of.turn(), of.second(), of.label()))
                                .toList()))
                : answers.refuse(CallIds.missing());
    }

    private Response answer(Answer answer) {
        return switch (answer) {
            case Answer.Labelled(Map<String, Object> document, int version) ->
                Response.fromResponse(answers.tree(version == 1 ? 201 : 200, document))
                        .header("ETag", "\"" + version + "\"")
                        .build();
            case Answer.NoSuchCall() -> answers.problem(CallIds.missing());
            case Answer.NoSuchTurn() -> answers.problem(Problem.notFound("the call has no such turn"));
            case Answer.NotTheAgents() ->
                answers.problem(
                        Problem.conflict(
                                "what is labelled is a turn of the agent's, or one of the caller's that it has read an intent into"));
            case Answer.Unchanged() ->
                answers.problem(Problem.invalid(
                        List.of(new FieldError("text", "has to differ from what it was; label it approved"))));
            case Answer.Refused(Ruling ruling) -> answers.problem(why(ruling));
        };
    }

    private static Problem why(Ruling ruling) {
        return switch (ruling) {
            case Ruling.Held(Lease lease) ->
                Problem.conflict(lease.reviewer() + " has it before them until " + time(lease.untilMs()));
            case Ruling.Taken(Label label) ->
                Problem.conflict(by(label) + "; to change that, send If-Match: \"" + label.version() + "\"");
            case Ruling.Stale(Label label) ->
                Problem.changed(
                        label == null ? "it has no label" : by(label) + ", which is version " + label.version());
            case Ruling.Write write -> throw new IllegalStateException("a label that was written was refused");
        };
    }

    private static String by(Label label) {
        return label.reviewer() + " (" + label.role() + ") labelled it "
                + label.mark().name().toLowerCase(Locale.ROOT) + " at " + time(label.atMs());
    }

    private static Instant time(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    private static OptionalInt version(@Nullable String ifMatch) {
        Matcher tag = TAG.matcher(ifMatch == null ? "" : ifMatch.strip());
        return tag.matches() ? OptionalInt.of(Integer.parseInt(tag.group(1))) : OptionalInt.empty();
    }

    private CompletionStage<Response> invalid(String field, String message) {
        return answers.refuse(Problem.invalid(List.of(new FieldError(field, message))));
    }

    /** Made while the request is at hand. */
    private Predicate<Map<String, Object>> readable() {
        if (!identity.hasRole(Role.Name.HUMAN)) {
            return call -> true;
        }
        String human = identity.getPrincipal().getName();
        return call -> Ownership.had(call, human);
    }
}
