package io.segue.api;

import io.segue.api.auth.Asker;
import io.segue.api.auth.Role;
import io.segue.flow.registry.Documents.Outcome;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** Everything that is configured as one YAML file, so that it can live in git. */
@Path(RegistryResource.PATH)
public class RegistryResource {
    static final String PATH = "/api/v1/registry.yaml";
    static final String YAML = "application/yaml";
    private static final String HEAD =
            "# The registry of Segue. Secrets are not in here; what is imported keeps those it has.\n";

    private final RegistryFile file;
    private final Yaml yaml;
    private final RegistryChanges changes;
    private final Answers answers;
    private final Asker asker;

    RegistryResource(Shelves shelves, Yaml yaml, RegistryChanges changes, Answers answers, Asker asker) {
        this.file = new RegistryFile(shelves);
        this.yaml = yaml;
        this.changes = changes;
        this.answers = answers;
        this.asker = asker;
    }

    @GET
    @Produces(YAML)
    @RolesAllowed({Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public Response export() {
        return Response.ok(HEAD + Yaml.text(file.tree())).type(YAML).build();
    }

    /** All of it or nothing. */
    @PUT
    @Consumes({YAML, "application/x-yaml", "text/yaml"})
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.Name.ADMIN)
    public CompletionStage<Response> take(
            byte[] body,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @QueryParam("prune") @DefaultValue("false") boolean prune,
            @BeanParam EditParameters parameters) {
        Edit edit = parameters.by(asker.actor());
        return switch (yaml.read(body)) {
            case Yaml.Read.Wrong(Problem problem) -> answers.refuse(problem);
            case Yaml.Read.Tree(var tree) -> take(file.plan(tree, prune, edit), dryRun, edit);
        };
    }

    private CompletionStage<Response> take(RegistryFile.Plan plan, boolean dryRun, Edit edit) {
        if (!plan.errors().isEmpty()) {
            return answers.refuse(Problem.invalid(plan.errors()));
        }
        if (dryRun || plan.changes().isEmpty()) {
            return Answers.now(answers.tree(200, plan.tree(dryRun)));
        }
        return answers.later(changes.write(plan.changes(), edit), outcome -> switch (outcome) {
            case Outcome.Done done -> answers.tree(200, plan.tree(false));
            case Outcome.Otherwise(int which) -> {
                var change = plan.changes().get(which);
                yield answers.problem(Problem.conflict("somebody else has just changed " + change.kind() + " "
                        + change.id() + ": nothing was taken, send the file again"));
            }
            case Outcome.Full full -> answers.problem(RegistryChanges.full());
        });
    }
}
