package io.segue.api;

import io.segue.api.auth.Asker;
import io.segue.api.auth.Role;
import io.segue.audit.Entry;
import io.segue.flow.record.AuditTrail;
import io.segue.flow.record.Recordings;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.resteasy.reactive.PathPart;
import org.jspecify.annotations.Nullable;

/** A call's recording, to listen to, also while the call goes on: then it is as long as it is at that moment. Who listened is in the trail. */
@Path("/api/v1/calls/{id}")
public class RecordingResource {
    private static final String AUDIO = "audio/wav";

    private final Answers answers;
    private final Recordings recordings;
    private final AuditTrail audit;
    private final Asker asker;

    RecordingResource(Answers answers, Recordings recordings, AuditTrail audit, Asker asker) {
        this.answers = answers;
        this.recordings = recordings;
        this.audit = audit;
        this.asker = asker;
    }

    /** A WAV file of two channels, the caller left; whole, or the part that {@code Range} asks for. */
    @GET
    @Path("/recording")
    @Blocking
    @RolesAllowed({Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public Response get(
            @PathParam("id") String id,
            @HeaderParam("Range") @Nullable String range,
            @HeaderParam("If-Range") @Nullable String ifRange) {
        if (!CallIds.valid(id)) {
            return answers.problem(CallIds.missing());
        }
        return recordings
                .find(id)
                .map(stored -> audio(id, stored, range, ifRange))
                .orElseGet(() -> answers.problem(Problem.notFound("there is no recording of this call")));
    }

    private Response audio(String id, Recordings.Stored stored, @Nullable String range, @Nullable String ifRange) {
        String tag = "\"" + stored.bytes() + "-" + stored.changedAt().toEpochMilli() + "\"";
        boolean asSeen = ifRange == null || ifRange.equals(tag);
        return switch (ByteRange.of(asSeen ? range : null, stored.bytes())) {
            case ByteRange.Whole() -> {
                listened(id);
                yield part(200, stored, tag, 0, stored.bytes()).build();
            }
            case ByteRange.Part part -> {
                if (part.first() == 0) {
                    listened(id);
                }
                yield part(206, stored, tag, part.first(), part.length())
                        .header("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + stored.bytes())
                        .build();
            }
            case ByteRange.Unsatisfiable() ->
                Response.fromResponse(answers.problem(Problem.ofRange(stored.bytes())))
                        .header("Content-Range", "bytes */" + stored.bytes())
                        .build();
        };
    }

    private void listened(String id) {
        audit.record(new Entry("recording.read", id, asker.actor(), Map.of()));
    }

    private static Response.ResponseBuilder part(
            int status, Recordings.Stored stored, String tag, long offset, long count) {
        return Response.status(status)
                .type(AUDIO)
                .header("Accept-Ranges", "bytes")
                .header("ETag", tag)
                .header("Cache-Control", "private, no-store")
                .entity(new PathPart(stored.file(), offset, count));
    }
}
