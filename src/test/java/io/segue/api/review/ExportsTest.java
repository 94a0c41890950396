package io.segue.api.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.segue.api.Refused;
import io.segue.flow.review.Feedback;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ExportsTest {
    private final List<CompletableFuture<Feedback.Batch>> asked = new ArrayList<>();

    private AssertSubscriber<byte[]> export(FeedbackResource resource) {
        return resource.export("sft", null, null, null, null, null, null)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(10));
    }

    @Test
    @SuppressWarnings("NullAway") // what this way through the resource does not need
    void takesAsManyExportsAtOnceAsTheLimitAndRefusesOneMore() {
        Feedback feedback = (query, after) -> {
            asked.add(new CompletableFuture<>());
            return asked.getLast();
        };
        FeedbackResource resource = new FeedbackResource(null, feedback, null, null, Limits.defaults());
        export(resource);
        AssertSubscriber<byte[]> second = export(resource);
        assertInstanceOf(Refused.class, export(resource).getFailure());
        assertEquals(2, asked.size());
        second.cancel();
        export(resource).assertNotTerminated();
        assertEquals(3, asked.size());
    }

    @Test
    @SuppressWarnings("NullAway")
    void readsOnePageAheadOfTheReaderAndNoMore() {
        Feedback feedback = (query, after) -> {
            int page = asked.size();
            asked.add(CompletableFuture.completedFuture(
                    new Feedback.Batch(List.of(), new Feedback.Cursor(java.time.Instant.EPOCH, "c" + page))));
            return asked.getLast();
        };
        FeedbackResource resource = new FeedbackResource(null, feedback, null, null, Limits.defaults());
        resource.export("sft", null, null, null, null, null, null)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(0))
                .assertNotTerminated();
        assertEquals(0, asked.size());
    }
}
