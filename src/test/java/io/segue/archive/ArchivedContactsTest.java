package io.segue.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.audit.Entry;
import io.segue.audit.Written;
import io.segue.contact.Channel;
import io.segue.contact.Direction;
import io.segue.contact.Identity;
import io.segue.contact.Message;
import io.segue.flow.contact.ContactArchive.Keeping;
import io.segue.flow.record.ArchiveAway;
import io.segue.flow.record.AuditTrail;
import io.segue.flow.record.CallStore.CallRecord;
import io.segue.signoff.Request;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArchivedContactsTest {
    private static final Limits LIMITS = new Limits(4, 200, 100, 50, 20, 1_000);
    private static final Identity NUMBER = new Identity("+15550123");
    private static final Identity MAIL = new Identity("anna@example.org");
    private static final Identity OWN = new Identity("C-4711");
    private static final long T = 1_790_000_000_000L;

    private Database database;
    private ArchivedContacts contacts;
    private final List<Entry> trail = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() {
        database = TestPostgres.open(TestPostgres.freshUrl(), LIMITS);
        Await.up(database);
        contacts = new ArchivedContacts(database, new ContactLimits(3, 5, 2, null));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static Message message(int n) {
        return new Message("m" + n, Channel.SMS, Direction.IN, "text " + n, T + n);
    }

    private Keeping keep(Set<Identity> identities, Message... messages) {
        return join(contacts.keep(identities, List.of(messages)));
    }

    private List<String> texts(Identity of) {
        return join(contacts.messages(of, 50)).stream().map(Message::text).toList();
    }

    private String one(String query) {
        return join(database.submit(connection -> {
            try (var rows = connection.createStatement().executeQuery(query)) {
                rows.next();
                return String.valueOf(rows.getString(1));
            }
        }));
    }

    private void archive(CallRecord... records) {
        var calls = new ArchivedCalls(database, LIMITS);
        for (CallRecord record : records) {
            calls.keep(record);
        }
        Await.until("they are written", () -> calls.written() == records.length);
    }

    private static CallRecord call(int n, String contact, String from) {
        CallRecord record = Calls.ended(n);
        Map<String, Object> document = new HashMap<>(record.document());
        document.put("from", from);
        document.put("contact", contact);
        document.put("identities", List.of(contact));
        document.put(
                "context",
                Map.of(
                        "summary",
                        "Anna wants her money",
                        "turns",
                        record.document().get("turns")));
        return new CallRecord(record.callId(), "node-a", 0, 7, record.sipCallIds(), true, document);
    }

    @Test
    void givesMessagesOfAllChannelsNewestFirst() {
        keep(Set.of(NUMBER), message(1), message(3));
        keep(Set.of(NUMBER), new Message("w", Channel.WHATSAPP, Direction.OUT, "between", T + 2));
        assertEquals(List.of("text 3", "between", "text 1"), texts(NUMBER));
        assertEquals(2, join(contacts.messages(NUMBER, 2)).size());
        assertEquals(
                new Message("w", Channel.WHATSAPP, Direction.OUT, "between", T + 2),
                join(contacts.messages(NUMBER, 50)).get(1));
        assertEquals(List.of(), texts(MAIL));
    }

    @Test
    void keepsAMessageOnceHoweverOftenItIsSent() {
        assertEquals(new Keeping.Kept(2, 0), keep(Set.of(NUMBER), message(1), message(2)));
        assertEquals(new Keeping.Kept(1, 2), keep(Set.of(NUMBER), message(1), message(2), message(3)));
        Message unnamed = Message.of(null, Channel.CHAT, Direction.IN, "hello", T);
        assertEquals(new Keeping.Kept(1, 0), keep(Set.of(NUMBER), unnamed));
        assertEquals(
                new Keeping.Kept(0, 1), keep(Set.of(NUMBER), Message.of(null, Channel.CHAT, Direction.IN, "hello", T)));
    }

    @Test
    void joinsWhatAContactIsKnownBy() {
        keep(Set.of(NUMBER), message(1));
        keep(Set.of(MAIL), message(2), message(1));
        assertEquals(List.of("text 1"), texts(NUMBER));
        keep(Set.of(NUMBER, MAIL), message(3));
        assertEquals(List.of("text 3", "text 2", "text 1"), texts(NUMBER));
        assertEquals(texts(NUMBER), texts(MAIL));
        assertEquals(Set.of(NUMBER, MAIL), join(contacts.identities(MAIL)));
        assertEquals("1", one("select count(*) from contact"));
    }

    @Test
    void joinsAsOneWhenTwoDoSoAtOnce() {
        for (int n = 0; n < 10; n++) {
            Identity a = new Identity("a" + n);
            Identity b = new Identity("b" + n);
            List<CompletableFuture<Keeping>> both = IntStream.range(0, 8)
                    .mapToObj(i -> contacts.keep(i % 2 == 0 ? Set.of(a, b) : Set.of(b), List.of(message(i % 4)))
                            .toCompletableFuture())
                    .toList();
            both.forEach(CompletableFuture::join);
            assertEquals(List.of("text 3", "text 2", "text 1", "text 0"), texts(a));
        }
    }

    @Test
    void takesAsManyIdentitiesAsTheLimitAndNotOneMore() {
        assertEquals(new Keeping.Kept(1, 0), keep(Set.of(NUMBER, MAIL, OWN), message(1)));
        assertEquals(new Keeping.TooManyIdentities(3), keep(Set.of(OWN, new Identity("C-2")), message(2)));
        assertEquals(List.of("text 1"), texts(OWN), "nothing was kept, nothing is lost");
        assertEquals(Set.of(NUMBER, MAIL, OWN), join(contacts.identities(NUMBER)));
    }

    @Test
    void keepsTheNewestUpToTheLimit() {
        keep(Set.of(NUMBER), message(1), message(2), message(3), message(4), message(5));
        assertEquals(5, texts(NUMBER).size());
        keep(Set.of(NUMBER), message(6));
        assertEquals(List.of("text 6", "text 5", "text 4", "text 3", "text 2"), texts(NUMBER));
    }

    @Test
    void keepsTextThatPostgresCannotHoldAsWellAsItCan() {
        keep(Set.of(OWN), new Message("a\u0000", Channel.CHAT, Direction.IN, "x\u0000y\ud800<script>", T));
        assertEquals(List.of("x\ufffdy\ufffd<script>"), texts(OWN));
    }

    @Test
    void findsTheCallsOfAContactByAnyNameItHas() {
        archive(call(1, "C-4711", "anonymous"), call(2, "+15550123", "0015550123"), call(3, "other", "+1999888777"));
        assertEquals(2, join(contacts.calls(Set.of(OWN, NUMBER), 10)).size());
        assertEquals(1, join(contacts.calls(Set.of(OWN, NUMBER), 1)).size());
        Map<String, Object> call = join(contacts.calls(Set.of(OWN), 10)).getFirst();
        assertEquals(Calls.id(1), call.get("id"));
        assertEquals("handed_off", call.get("outcome"));
        assertEquals(Calls.STARTED_MS, call.get("startedAt"));
    }

    @Test
    void erasesWhoAndWhatOfTheCallsAndKeepsTheRest() {
        archive(
                call(1, "C-4711", "anonymous"),
                call(2, "+15550123", "15550123"),
                call(3, "x", "+15550123"),
                call(4, "other", "+1999888777"));
        Set<Identity> anna = Set.of(OWN, NUMBER);
        List<String> erased = new ArrayList<>();
        for (List<String> some = join(contacts.eraseCalls(anna));
                !some.isEmpty();
                some = join(contacts.eraseCalls(anna))) {
            assertTrue(some.size() <= 2, "in batches");
            erased.addAll(some);
        }
        assertEquals(Set.of(Calls.id(1), Calls.id(2), Calls.id(3)), Set.copyOf(erased));
        assertEquals(
                "[erased]", one("select string_agg(distinct text, ',') from turn where call <> '" + Calls.id(4) + "'"));
        assertEquals(
                "0", one("select count(*) from turn where entities is not null and call <> '" + Calls.id(4) + "'"));
        assertEquals(
                "0",
                one("select count(*) from call where document::text like '%Anna%' and id <> '" + Calls.id(4) + "'"));
        assertEquals(
                "0",
                one("select count(*) from call where document::text like '%money%' and id <> '" + Calls.id(4) + "'"));
        assertEquals("3", one("select count(*) from call where from_number = '[erased]' and contact is null"));
        assertEquals(
                "refunds handed_off", one("select agent || ' ' || outcome from call where id = '" + Calls.id(1) + "'"));
        assertEquals(
                "I want my money back", one("select text from turn where id = 't1' and call = '" + Calls.id(4) + "'"));
    }

    @Test
    void whatPeopleWereAskedOnAnErasedCallLosesItsWordsAndKeepsTheDecision() {
        archive(call(1, "C-4711", "anonymous"));
        join(database.submit(connection -> {
            try (var insert = connection.prepareStatement("""
                    insert into signoff (id, kind, call, node, agent, subject, type, state, asked_at, deadline_at, document)
                    values ('s1', 'signoff', ?, 'n', 'refunds', 'a1', 'payment.authorize', 'approved', now(), now(), ?::jsonb)""")) {
                insert.setString(1, Calls.id(1));
                insert.setString(
                        2,
                        "{\"state\":\"approved\",\"action\":{\"type\":\"payment.authorize\",\"summary\":\"pay Anna\","
                                + "\"payload\":{\"to\":\"Anna\"}},\"decision\":{\"by\":\"sue\",\"note\":\"Anna called\"},"
                                + "\"evidence\":{\"turns\":[{\"text\":\"I am Anna\"}]}}");
                return insert.executeUpdate();
            }
        }));
        join(contacts.eraseCalls(Set.of(OWN)));
        String left = one("select document::text from signoff");
        assertFalse(left.contains("Anna"), left);
        assertTrue(left.contains("approved") && left.contains("payment.authorize") && left.contains("sue"), left);
    }

    @Test
    void whatPeopleWereAskedIsWrittenWithoutItsWordsOnceItsCallIsErased() {
        archive(call(1, "C-4711", "anonymous"));
        join(contacts.eraseCalls(Set.of(OWN)));
        var signoffs = new ArchivedSignoffs(database);
        signoffs.keep(Request.Kind.SIGNOFF, asked(1));
        Await.until("it is there", () -> one("select count(*) from signoff").equals("1"));
        String late = one("select document::text from signoff");
        assertFalse(late.contains("Anna"), late);
        assertTrue(late.contains("approved") && late.contains("payment.authorize") && late.contains("sue"), late);
    }

    @Test
    void whatPeopleWereAskedOnACallThatWentOnWhileItsContactWasErasedIsErasedWithIt() {
        join(contacts.mark(Set.of(NUMBER)));
        var signoffs = new ArchivedSignoffs(database);
        signoffs.keep(Request.Kind.SIGNOFF, asked(1));
        Await.until("it is there", () -> one("select count(*) from signoff").equals("1"));
        archive(call(1, "+15550123", "+15550123"));
        String left = one("select document::text from signoff");
        assertFalse(left.contains("Anna"), left);
        assertTrue(left.contains("payment.authorize"), left);
    }

    private static Map<String, Object> asked(int call) {
        Map<String, Object> request = new HashMap<>();
        request.put("id", Calls.id(call) + "-s1");
        request.put("kind", "signoff");
        request.put("call", Calls.id(call));
        request.put("node", "n");
        request.put("agent", "refunds");
        request.put("state", "approved");
        request.put("askedAt", T);
        request.put("deadlineAt", T + 1);
        request.put(
                "action",
                Map.of(
                        "id",
                        "a1",
                        "type",
                        "payment.authorize",
                        "summary",
                        "pay Anna",
                        "payload",
                        Map.of("to", "Anna")));
        request.put("decision", Map.of("outcome", "approved", "by", "sue", "role", "specialist", "at", T));
        request.put("evidence", Map.of("turns", List.of(Map.of("text", "I am Anna"))));
        return request;
    }

    @Test
    void aCallThatWentOnWhileItsContactWasErasedIsArchivedWithoutIt() {
        join(contacts.mark(Set.of(NUMBER)));
        CallRecord before = call(1, "+15550123", "+15550123");
        archive(before, call(2, "other", "+1999888777"));
        assertEquals("[erased]", one("select distinct text from turn where call = '" + Calls.id(1) + "'"));
        assertEquals("[erased]", one("select from_number from call where id = '" + Calls.id(1) + "'"));
        assertEquals("+1999888777", one("select from_number from call where id = '" + Calls.id(2) + "'"));
        assertFalse(
                one("select identity from contact_erased").contains("5550123"), "the mark does not tell who it was");

        Map<String, Object> later =
                new HashMap<>(call(3, "+15550123", "+15550123").document());
        later.put("answeredAt", BigDecimal.valueOf(System.currentTimeMillis() + 60_000));
        archive(new CallRecord(Calls.id(3), "node-a", 0, 7, List.of(), true, later));
        assertEquals(
                "+15550123",
                one("select from_number from call where id = '" + Calls.id(3) + "'"),
                "who calls again afterwards is known again");
    }

    @Test
    void forgetsMessagesAndIdentitiesOnce() {
        keep(Set.of(NUMBER, MAIL), message(1), message(2));
        keep(Set.of(OWN), message(3));
        assertEquals(2, join(contacts.forget(Set.of(MAIL))));
        assertEquals(0, join(contacts.forget(Set.of(MAIL, NUMBER))));
        assertEquals(List.of(), texts(NUMBER));
        assertEquals(List.of("text 3"), texts(OWN));
        assertEquals("1", one("select count(*) from contact_identity"));
    }

    @Test
    void saysThatThereIsNoArchive() {
        var none = new ArchivedContacts(Database.off(), ContactLimits.defaults());
        CompletionException away = assertThrows(CompletionException.class, () -> join(none.messages(NUMBER, 1)));
        assertInstanceOf(ArchiveAway.class, away.getCause());
    }

    private Retention retention(Duration calls, Duration messages) {
        return new Retention(
                database,
                new Retention.Ages(
                        Optional.ofNullable(calls),
                        Optional.ofNullable(messages),
                        Optional.empty(),
                        Duration.ofDays(2),
                        2),
                new AuditTrail() {
                    @Override
                    public CompletionStage<Written> append(Entry entry) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public void record(Entry entry) {
                        trail.add(entry);
                    }
                },
                InstantSource.system());
    }

    @Test
    void forgetsByAgeAndNotAMomentBefore() {
        for (int n = 1; n <= 5; n++) {
            archive(call(n, "x", "+1"));
            keep(Set.of(OWN), message(n));
        }
        Instant ended = Instant.ofEpochMilli(Calls.STARTED_MS + 60_000).plusNanos(500_000);
        Retention retention = retention(Duration.ofDays(30), null);
        assertEquals(Map.of(), join(retention.run(ended.plus(Duration.ofDays(30)))));
        assertEquals("5", one("select count(*) from call"));
        assertEquals(
                Map.of("calls", 5),
                join(retention.run(ended.plus(Duration.ofDays(30)).plusMillis(1))));
        assertEquals("0", one("select count(*) from turn"));
        assertEquals(5, texts(OWN).size());
        assertEquals("retention.deleted", trail.getFirst().kind());
        assertEquals(Map.of("calls", 5), trail.getFirst().body());
        assertEquals(1, trail.size());

        Retention ofMessages = retention(null, Duration.ofDays(7));
        assertEquals(
                Map.of("messages", 3),
                join(ofMessages.run(Instant.ofEpochMilli(T + 4).plus(Duration.ofDays(7)))));
        assertEquals(List.of("text 5", "text 4"), texts(OWN));
    }

    @Test
    void leavesTheWorkToTheGatewayThatDoesIt() {
        keep(Set.of(OWN), message(1));
        Retention retention = retention(null, Duration.ofDays(1));
        Instant late = Instant.ofEpochMilli(T).plus(Duration.ofDays(10));
        CompletionStage<Map<String, Integer>> other = database.submit(connection -> {
            try (var lock = connection.createStatement()) {
                lock.execute("select pg_advisory_xact_lock(hashtext('segue.retention'))");
            }
            return join(retention.run(late));
        });
        assertEquals(Map.of(), join(other));
        assertEquals(List.of("text 1"), texts(OWN));
        assertEquals(Map.of("messages", 1), join(retention.run(late)));
    }
}
