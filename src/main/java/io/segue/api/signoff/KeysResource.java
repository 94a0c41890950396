package io.segue.api.signoff;

import io.segue.api.Answers;
import io.segue.flow.oversight.Tokens;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The public keys that tokens are signed with (RFC 7517), for anybody: they let one check a token, and make none. */
@Path("/.well-known/jwks.json")
public class KeysResource {
    private static final int CACHED_SECONDS = 300;

    private final Answers answers;
    private final Tokens tokens;

    KeysResource(Answers answers, Tokens tokens) {
        this.answers = answers;
        this.tokens = tokens;
    }

    @GET
    @PermitAll
    @Produces(MediaType.APPLICATION_JSON)
    public Response keys() {
        return Response.fromResponse(answers.tree(200, tokens.publicKeys()))
                .header("Cache-Control", "public, max-age=" + CACHED_SECONDS)
                .build();
    }
}
