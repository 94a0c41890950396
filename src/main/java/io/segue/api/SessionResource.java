package io.segue.api;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.segue.api.auth.Asker;
import io.segue.api.auth.Role;
import io.segue.api.auth.SessionTokens;
import io.segue.api.auth.SignInAttempts;
import io.segue.audit.Actor;
import io.segue.audit.Entry;
import io.segue.flow.record.AuditTrail;
import io.segue.flow.record.EndedSessions;
import io.segue.human.Human;
import io.segue.registry.Directory;
import io.segue.registry.FieldError;
import io.segue.registry.Fields;
import io.segue.registry.Forms;
import io.segue.registry.Ids;
import io.segue.registry.Read;
import io.segue.registry.Wire;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/** Where a human signs in: their password, which is that of their phone too, for a token with their role. And out: the token is no longer good. */
@Path("/api/v1/session")
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {
    private static final Logger LOG = Logger.getLogger(SessionResource.class);

    private final Json json;
    private final Answers answers;
    private final Directory directory;
    private final Forms forms;
    private final SignIn signIn;
    private final AuditTrail audit;
    private final Asker asker;
    private final EndedSessions ended;
    private final CurrentVertxRequest request;

    /** What signing in needs. */
    public record SignIn(
            SessionTokens tokens,
            SignInAttempts attempts,
            Duration lifetime,
            int passwordCharsMax,
            InstantSource clock) {}

    private record Said(String human, String password) {}

    SessionResource(
            Json json,
            Answers answers,
            Directory directory,
            Forms forms,
            SignIn signIn,
            AuditTrail audit,
            Asker asker,
            EndedSessions ended,
            CurrentVertxRequest request) {
        this.json = json;
        this.answers = answers;
        this.directory = directory;
        this.forms = forms;
        this.signIn = signIn;
        this.audit = audit;
        this.asker = asker;
        this.ended = ended;
        this.request = request;
    }

    @POST
    @PermitAll
    @Consumes(MediaType.APPLICATION_JSON)
    public Response open(byte[] body) {
        return switch (json.read(body)) {
            case Json.Body.Wrong(Problem problem) -> answers.problem(problem);
            case Json.Body.Tree(Map<String, Object> tree) ->
                switch (said(tree)) {
                    case Read.Invalid<Said>(List<FieldError> errors) -> answers.problem(Problem.invalid(errors));
                    case Read.Ok<Said>(Said said) -> open(said);
                };
        };
    }

    @DELETE
    @RolesAllowed({Role.Name.HUMAN, Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> end() {
        SessionTokens.Session session = asker.session().orElse(null);
        if (session == null) {
            return answers.refuse(Problem.conflict("this is a key and no session; it ends with segue.api.keys"));
        }
        Actor actor = asker.actor();
        String address = address();
        long leftMs = session.endsMs() - signIn.clock().millis();
        return answers.later(ended.end(session.id(), leftMs), done -> {
            audit.record(new Entry("session.ended", null, actor, Map.of("human", actor.name(), "address", address)));
            return Response.noContent().build();
        });
    }

    /** Who is asking: {@code {"name","role","human"}}, the last where they are a human that is configured. */
    @GET
    @RolesAllowed({Role.Name.HUMAN, Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public Response who() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", asker.name());
        tree.put("role", asker.actor().role());
        directory.human(asker.name()).ifPresent(human -> tree.put("human", human.id()));
        return answers.tree(200, tree);
    }

    private Read<Said> said(Map<String, Object> tree) {
        Fields f = Fields.of(tree);
        String human = f.required("human", signIn.passwordCharsMax()).orElse("");
        String password = f.secret("password", signIn.passwordCharsMax()).orElse("");
        if (!f.has("password")) {
            f.error("password", "is missing");
        }
        f.nothingElse();
        return f.result(() -> new Said(human, password));
    }

    /** A human that is not there and a password that is wrong look and take alike. */
    private Response open(Said said) {
        String address = address();
        String id = Ids.valid(said.human()) ? said.human() : "";
        long now = signIn.clock().millis();
        int wait = signIn.attempts().begin(address, id, now);
        if (wait > 0) {
            return answers.problem(Problem.tooMany(
                    "too many sign-ins have failed here, or for this human; wait " + wait + " s", wait));
        }
        Human human = directory.human(id).orElse(null);
        if (!forms.humans().proves(id, said.password(), human) || human == null) {
            LOG.infof("a sign-in from %s failed", address);
            return answers.problem(Problem.signInFailed());
        }
        signIn.attempts().succeeded(address, id, now);
        Actor actor = new Actor(id, Wire.of(human.role()));
        audit.record(new Entry("session.opened", null, actor, Map.of("human", id, "address", address)));
        LOG.infof("human %s has signed in from %s", id, address);
        long ends = now + signIn.lifetime().toMillis();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("token", signIn.tokens().issue(human, ends));
        tree.put("human", id);
        tree.put("role", Wire.of(human.role()));
        tree.put("expiresAt", ends);
        return answers.tree(200, tree);
    }

    /** As the server sees it; behind a proxy, as {@code quarkus.http.proxy.*} lets it. */
    private String address() {
        SocketAddress from = request.getCurrent().request().remoteAddress();
        return from == null || from.hostAddress() == null ? "" : from.hostAddress();
    }
}
