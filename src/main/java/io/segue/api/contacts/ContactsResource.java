package io.segue.api.contacts;

import io.segue.api.Answers;
import io.segue.api.Json;
import io.segue.api.Problem;
import io.segue.api.auth.Asker;
import io.segue.api.auth.Role;
import io.segue.contact.Identity;
import io.segue.flow.contact.ContactArchive.Keeping;
import io.segue.flow.contact.ContactBook;
import io.segue.registry.FieldError;
import io.segue.registry.Read;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Contacts: a number with its {@code +}, an e-mail address, or an id of the business's own. What they wrote is theirs: it is text, and never markup. */
@Path("/api/v1/contacts/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ContactsResource {
    private static final int SHOWN_CHARS_MAX = 40;

    private final Json json;
    private final Answers answers;
    private final ContactBook book;
    private final Limits limits;
    private final Asker asker;

    ContactsResource(Json json, Answers answers, ContactBook book, Limits limits, Asker asker) {
        this.json = json;
        this.answers = answers;
        this.book = book;
        this.limits = limits;
        this.asker = asker;
    }

    /** See {@link MessagesForm}; a list alone is a list of messages. What is sent twice is kept once. */
    @POST
    @Path("/messages")
    @RolesAllowed({Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> keep(@PathParam("id") String id, byte @Nullable [] body) {
        return with(id, contact -> switch (json.readOrList(body, "messages")) {
            case Json.Body.Wrong(Problem problem) -> answers.refuse(problem);
            case Json.Body.Tree(Map<String, Object> fields) ->
                switch (MessagesForm.read(fields, contact, limits, Instant.now())) {
                    case Read.Invalid<MessagesForm.Sent> invalid -> answers.refuse(Problem.invalid(invalid.errors()));
                    case Read.Ok<MessagesForm.Sent>(var sent) ->
                        answers.later(book.keep(sent.identities(), sent.messages()), keeping -> kept(contact, keeping));
                };
        });
    }

    private Response kept(Identity contact, Keeping keeping) {
        return switch (keeping) {
            case Keeping.Kept(int added, int known) ->
                answers.tree(added > 0 ? 201 : 200, Map.of("contact", contact.value(), "added", added, "known", known));
            case Keeping.TooManyIdentities(int max) ->
                answers.problem(Problem.conflict("the contact would be known by more than " + max + " identities"));
        };
    }

    @GET
    @RolesAllowed({Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> get(@PathParam("id") String id) {
        return with(
                id,
                contact -> answers.later(book.find(contact, limits.shownMax()), found -> found.map(
                                document -> answers.tree(200, document))
                        .orElseGet(() -> answers.problem(Problem.notFound("nothing is known of this contact")))));
    }

    /** May be ordered again, of whomever. */
    @DELETE
    @RolesAllowed(Role.Name.ADMIN)
    public CompletionStage<Response> erase(@PathParam("id") String id) {
        return with(
                id,
                contact -> answers.later(
                        book.erase(contact, asker.actor()),
                        erased -> answers.tree(
                                200,
                                Map.of(
                                        "messages",
                                        erased.messages(),
                                        "calls",
                                        erased.calls(),
                                        "recordings",
                                        erased.recordings(),
                                        "live",
                                        erased.live()))));
    }

    private CompletionStage<Response> with(String id, Function<Identity, CompletionStage<Response>> answer) {
        return Identity.of(id)
                .map(answer)
                .orElseGet(() -> answers.refuse(Problem.invalid(
                        List.of(new FieldError("id", Identity.RULE + ", not \"" + printable(id) + "\"")))));
    }

    /** A sender's text as it may stand in an answer: one line, no control characters. */
    private static String printable(String text) {
        var printable = new StringBuilder();
        text.codePoints().limit(SHOWN_CHARS_MAX).forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                printable.append(String.format("\\u%04x", c));
            } else {
                printable.appendCodePoint(c);
            }
        });
        return printable.toString();
    }
}
