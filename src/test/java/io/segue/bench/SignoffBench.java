package io.segue.bench;

import io.segue.archive.dev.OwnPostgres;
import io.segue.demo.Gateway;
import io.segue.demo.bot.Bot;
import io.segue.demo.bot.BotCall;
import io.segue.demo.bot.Script;
import io.segue.demo.ear.Voice;
import io.segue.demo.phone.Leg;
import io.segue.demo.phone.PhoneBank;
import io.segue.demo.phone.PhoneSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A sign-off without the human's thinking: from the bot's writing of the action to the decision at the bot, by somebody who reads the event stream and
 * approves at once. PostgreSQL's commits wait for the disk. The calls are carried all the while.
 */
final class SignoffBench {
    private static final int CALLS = 10;
    private static final int WARM_UP = 200;
    private static final double MARK_P95 = 20;

    private final int wanted;

    SignoffBench(int wanted) {
        this.wanted = wanted;
    }

    private record Asked(String id, long seen) {}

    void run() throws Exception {
        Path data = Files.createTempDirectory("segue-bench-postgres");
        try (OwnPostgres postgres = OwnPostgres.start(GatewayProcess.freeTcp(), data.resolve("data"), true);
                GatewayProcess process = GatewayProcess.start(
                        Path.of("target", "bench"), Map.of("QUARKUS_DATASOURCE_JDBC_URL", postgres.url()));
                Bot bot = Bot.open("127.0.0.1");
                PhoneBank callers = PhoneBank.open("callers", "127.0.0.1");
                HttpClient reader = HttpClient.newHttpClient()) {
            Gateway gateway = process.seen();
            configure(gateway, bot);
            BlockingQueue<Asked> asked = listen(reader, process);
            List<BotCall> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                calls.add(call(gateway, bot, callers, "+1555000" + i));
            }
            List<Double> toPeople = new ArrayList<>();
            List<Double> toBot = new ArrayList<>();
            List<Double> whole = new ArrayList<>();
            for (int i = 0; i < WARM_UP + wanted; i++) {
                BotCall call = calls.get(i % CALLS);
                String id = "a" + i;
                long written = call.tell("action", action(id)).get(5, TimeUnit.SECONDS);
                Asked seen = asked.poll(5, TimeUnit.SECONDS);
                if (seen == null) {
                    throw new IllegalStateException("nobody was asked about " + id);
                }
                long posted = System.nanoTime();
                HttpResponse<String> answer =
                        gateway.send("POST", "/signoffs/" + seen.id(), "{\"decision\":\"approved\"}");
                if (answer.statusCode() != 200) {
                    throw new IllegalStateException(answer.statusCode() + " " + answer.body());
                }
                long told = told(call, id);
                if (i >= WARM_UP) {
                    toPeople.add((seen.seen() - written) / 1e6);
                    toBot.add((told - posted) / 1e6);
                    whole.add((seen.seen() - written + told - posted) / 1e6);
                }
            }
            report(toPeople, toBot, whole);
        }
    }

    private static void report(List<Double> toPeople, List<Double> toBot, List<Double> whole) throws IOException {
        Distribution round = Distribution.of(whole);
        Report report = new Report(
                "signoff",
                "sign-offs",
                "action to people, ms p50 / p95 / max",
                "POST to the bot, ms p50 / p95 / max",
                "both, ms p50 / p95 / max",
                "mark, ms p95");
        report.row(
                Map.of("count", round.count(), "p50", round.at(50), "p95", round.at(95), "max", round.max()),
                "" + round.count(),
                Distribution.of(toPeople).cell(),
                Distribution.of(toBot).cell(),
                round.cell(),
                MARK_P95 + (round.at(95) <= MARK_P95 ? ": reached" : ": missed"));
        report.note("Each decision is committed to the audit trail in PostgreSQL before the bot is told.");
        report.print();
    }

    private static void configure(Gateway gateway, Bot bot) {
        gateway.put("/trunks/loopback", new JsonObject().put("addresses", new JsonArray().add("127.0.0.0/8")));
        gateway.put(
                "/agents/bench",
                new JsonObject()
                        .put("owner", "bench")
                        .put("url", bot.url("/").toString())
                        .put("numbers", new JsonArray().add("+19990001"))
                        .put("boundaries", new JsonArray().add(new JsonObject().put("action", "payment.*"))));
    }

    private static BotCall call(Gateway gateway, Bot bot, PhoneBank callers, String from) throws Exception {
        var expected = bot.expect(from, Script.speaking(Voice.agentTone(), 20, 0));
        for (int tries = 0; ; tries++) {
            Leg leg = callers.call(from, "+19990001", gateway.sip(), PhoneSettings.saying(Voice.callerTone(), 0));
            int status = leg.answered().get(5, TimeUnit.SECONDS);
            if (status == 200) {
                return expected.get(5, TimeUnit.SECONDS);
            }
            if (status != 404 || tries == 50) {
                throw new IllegalStateException("the INVITE was answered " + status);
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static JsonObject action(String id) {
        return new JsonObject()
                .put("id", id)
                .put("type", "payment.authorize")
                .put("amount", 900)
                .put("currency", "USD")
                .put("payload", new JsonObject().put("to", "x"));
    }

    private static long told(BotCall call, String id) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (true) {
            List<BotCall.Heard> heard = call.heard();
            for (int i = heard.size() - 1; i >= Math.max(0, heard.size() - 3); i--) {
                BotCall.Heard one = heard.get(i);
                if (one.event().equals("action")
                        && id.equals(one.frame().getJsonObject("action").getString("id"))) {
                    return one.arrivalNanos();
                }
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("the bot was not told about " + id);
            }
            LockSupport.parkNanos(100_000);
        }
    }

    /** Reads the event stream as a console does. */
    private static BlockingQueue<Asked> listen(HttpClient reader, GatewayProcess process) {
        BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
        HttpRequest request = HttpRequest.newBuilder(process.http().resolve("/api/v1/events"))
                .header("Authorization", process.authorization())
                .build();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                HttpResponse<java.util.stream.Stream<String>> stream =
                        reader.send(request, HttpResponse.BodyHandlers.ofLines());
                stream.body()
                        .filter(line -> line.startsWith("data:") && line.contains("\"signoff\""))
                        .forEach(line -> {
                            JsonObject signoff = new JsonObject(line.substring(5)).getJsonObject("signoff");
                            if (signoff != null && "pending".equals(signoff.getString("state"))) {
                                asked.add(new Asked(signoff.getString("id"), System.nanoTime()));
                            }
                        });
            } catch (IOException | InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return asked;
    }
}
