package io.segue.store;

import io.segue.flow.record.CallStore.CallRecord;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reads records of calls from Redis. */
final class CallReader {
    /** The newest call of each agent. */
    static final String LAST = "segue:agents";

    private final Link link;

    CallReader(Link link) {
        this.link = link;
    }

    CompletableFuture<Optional<CallRecord>> find(String callId) {
        return link.send(Request.cmd(Command.HMGET)
                        .arg(RedisCalls.key(callId))
                        .arg("owner")
                        .arg("epoch")
                        .arg("version")
                        .arg("ended")
                        .arg("document")
                        .arg("legs"))
                .thenApply(fields -> Optional.ofNullable(record(callId, fields)));
    }

    CompletableFuture<Optional<CallRecord>> findBySipCallId(String sipCallId) {
        return link.send(Request.cmd(Command.GET).arg(RedisCalls.sipKey(sipCallId)))
                .thenCompose(callId ->
                        callId == null ? CompletableFuture.completedFuture(Optional.empty()) : find(callId.toString()));
    }

    CompletableFuture<List<CallRecord>> list(int atMost) {
        return ids(atMost).thenCompose(this::all);
    }

    CompletableFuture<List<String>> ids(int atMost) {
        if (atMost <= 0) {
            return CompletableFuture.completedFuture(List.of());
        }
        return link.send(Request.cmd(Command.ZRANGE)
                        .arg(RedisCalls.INDEX)
                        .arg(0)
                        .arg(atMost - 1)
                        .arg("REV"))
                .thenApply(Link::texts);
    }

    CompletableFuture<Map<String, Long>> lastCalls(List<String> agents) {
        if (agents.isEmpty()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        Request request = Request.cmd(Command.ZMSCORE).arg(LAST);
        agents.forEach(request::arg);
        return link.send(request).thenApply(scores -> {
            var last = new HashMap<String, Long>();
            for (int i = 0; scores != null && i < agents.size(); i++) {
                Response score = scores.get(i);
                if (score != null) {
                    last.put(agents.get(i), (long) Double.parseDouble(score.toString()));
                }
            }
            return last;
        });
    }

    private CompletableFuture<List<CallRecord>> all(List<String> ids) {
        List<CompletableFuture<Optional<CallRecord>>> reads =
                ids.stream().map(this::find).toList();
        return CompletableFuture.allOf(reads.toArray(new CompletableFuture<?>[0]))
                .thenApply(done -> {
                    var found = new ArrayList<CallRecord>();
                    for (int i = 0; i < ids.size(); i++) {
                        Optional<CallRecord> record = reads.get(i).join();
                        if (record.isPresent()) {
                            found.add(record.get());
                        } else {
                            var unused = link.send(Request.cmd(Command.ZREM)
                                    .arg(RedisCalls.INDEX)
                                    .arg(ids.get(i)));
                        }
                    }
                    return List.copyOf(found);
                });
    }

    private static @Nullable CallRecord record(String callId, @Nullable Response fields) {
        List<@Nullable String> f = new ArrayList<>();
        for (int i = 0; fields != null && i < fields.size(); i++) {
            Response value = fields.get(i);
            f.add(value == null ? null : value.toString());
        }
        if (f.size() < 6 || f.contains(null)) {
            return null;
        }
        Map<String, Object> document = Json.read(text(f, 4));
        if (document == null) {
            return null;
        }
        String legs = text(f, 5);
        return new CallRecord(
                callId,
                text(f, 0),
                Long.parseLong(text(f, 1)),
                Long.parseLong(text(f, 2)),
                legs.isEmpty() ? List.of() : List.of(legs.split("\n")),
                text(f, 3).equals("1"),
                document);
    }

    private static String text(List<@Nullable String> fields, int index) {
        String value = fields.get(index);
        return value == null ? "" : value;
    }
}
