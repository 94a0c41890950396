package io.segue.archive;

import io.segue.contact.Channel;
import io.segue.contact.Direction;
import io.segue.contact.Identity;
import io.segue.contact.Message;
import io.segue.flow.contact.ContactArchive;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Contacts and their messages in PostgreSQL. Who is whose is changed by one at a time: an advisory lock, held for one short transaction. */
public final class ArchivedContacts implements ContactArchive {
    private static final String LOCK = "select pg_advisory_xact_lock(hashtext('segue.contacts'))";
    private static final String MESSAGES = """
            select m.id, m.channel, m.direction, m.text, m.at
            from contact_message m join contact_identity i on i.contact = m.contact
            where i.identity = ? order by m.at desc, m.channel, m.id limit ?""";
    private static final String CALLS = """
            select id, agent, started_at, ended_at, outcome, end_reason from call
            where contact = any (?) or from_number = any (?) order by started_at desc, id limit ?""";

    private final Database database;
    private final ContactLimits limits;

    public ArchivedContacts(Database database, ContactLimits limits) {
        this.database = database;
        this.limits = limits;
    }

    @Override
    public CompletionStage<Keeping> keep(Set<Identity> identities, List<Message> messages) {
        return database.submit(connection -> {
            run(connection, LOCK);
            Set<Long> contacts = contacts(connection, identities);
            long contact = contacts.isEmpty()
                    ? number(connection, "insert into contact default values returning id")
                    : contacts.iterator().next();
            for (long other : contacts) {
                if (other != contact) {
                    join(connection, other, contact);
                }
            }
            know(connection, contact, identities);
            long known = number(connection, "select count(*) from contact_identity where contact = " + contact);
            if (known > limits.identitiesMax()) {
                connection.rollback();
                return new Keeping.TooManyIdentities(limits.identitiesMax());
            }
            int added = add(connection, contact, messages);
            trim(connection, contact);
            return new Keeping.Kept(added, messages.size() - added);
        });
    }

    /** Oldest first, so that the same one stays whoever joins them. */
    private static Set<Long> contacts(Connection connection, Collection<Identity> identities) throws SQLException {
        Set<Long> contacts = new LinkedHashSet<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select distinct contact from contact_identity where identity = any (?) order by contact")) {
            select.setArray(1, values(connection, identities));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    contacts.add(rows.getLong(1));
                }
            }
        }
        return contacts;
    }

    private static void join(Connection connection, long other, long contact) throws SQLException {
        run(connection, "update contact_identity set contact = " + contact + " where contact = " + other);
        run(
                connection,
                "insert into contact_message (contact, channel, id, direction, text, at) select " + contact
                        + ", channel, id, direction, text, at from contact_message where contact = " + other
                        + " on conflict do nothing");
        run(connection, "delete from contact where id = " + other);
    }

    private static void know(Connection connection, long contact, Collection<Identity> identities) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into contact_identity (identity, contact) values (?, ?) on conflict do nothing")) {
            for (Identity identity : identities) {
                insert.setString(1, identity.value());
                insert.setLong(2, contact);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static int add(Connection connection, long contact, List<Message> messages) throws SQLException {
        int added = 0;
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into contact_message (contact, channel, id, direction, text, at) values (?, ?, ?, ?, ?, ?)
                on conflict do nothing""")) {
            for (Message message : messages) {
                insert.setLong(1, contact);
                insert.setString(2, lower(message.channel()));
                insert.setString(3, Json.text(message.id()));
                insert.setString(4, lower(message.direction()));
                insert.setString(5, Json.text(message.text()));
                insert.setObject(6, OffsetDateTime.ofInstant(Instant.ofEpochMilli(message.at()), ZoneOffset.UTC));
                added += insert.executeUpdate();
            }
        }
        return added;
    }

    private void trim(Connection connection, long contact) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("""
                delete from contact_message where (contact, channel, id) in (
                  select contact, channel, id from contact_message where contact = ? order by at desc, channel, id offset ?)""")) {
            delete.setLong(1, contact);
            delete.setInt(2, limits.messagesMax());
            delete.executeUpdate();
        }
    }

    @Override
    public CompletionStage<List<Message>> messages(Identity of, int atMost) {
        return database.submit(connection -> {
            List<Message> messages = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(MESSAGES)) {
                select.setString(1, of.value());
                select.setInt(2, atMost);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        messages.add(new Message(
                                rows.getString(1),
                                Channel.valueOf(rows.getString(2).toUpperCase(Locale.ROOT)),
                                Direction.valueOf(rows.getString(3).toUpperCase(Locale.ROOT)),
                                rows.getString(4),
                                rows.getObject(5, OffsetDateTime.class)
                                        .toInstant()
                                        .toEpochMilli()));
                    }
                }
            }
            return messages;
        });
    }

    @Override
    public CompletionStage<Set<Identity>> identities(Identity of) {
        return database.submit(connection -> {
            Set<Identity> identities = new LinkedHashSet<>(Set.of(of));
            try (PreparedStatement select = connection.prepareStatement("""
                    select identity from contact_identity where contact =
                      (select contact from contact_identity where identity = ?) order by identity""")) {
                select.setString(1, of.value());
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        identities.add(new Identity(rows.getString(1)));
                    }
                }
            }
            return identities;
        });
    }

    @Override
    public CompletionStage<List<Map<String, Object>>> calls(Set<Identity> with, int atMost) {
        return database.submit(connection -> {
            List<Map<String, Object>> calls = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(CALLS)) {
                select.setArray(1, values(connection, with));
                select.setArray(2, numbers(connection, with));
                select.setInt(3, atMost);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        Map<String, Object> call = new LinkedHashMap<>();
                        put(call, "id", rows.getString(1));
                        put(call, "agent", rows.getString(2));
                        put(call, "startedAt", millis(rows.getObject(3, OffsetDateTime.class)));
                        put(call, "endedAt", millis(rows.getObject(4, OffsetDateTime.class)));
                        put(call, "outcome", rows.getString(5));
                        put(call, "endReason", rows.getString(6));
                        calls.add(call);
                    }
                }
            }
            return calls;
        });
    }

    @Override
    public CompletionStage<Void> mark(Set<Identity> erased) {
        return database.submit(connection -> {
                    ErasedContacts.mark(connection, erased);
                    return erased.size();
                })
                .thenAccept(marked -> {});
    }

    @Override
    public CompletionStage<List<String>> eraseCalls(Set<Identity> with) {
        return database.submit(connection -> {
            Map<String, String> documents = new LinkedHashMap<>();
            try (PreparedStatement select = connection.prepareStatement("""
                    select id, document from call where contact = any (?) or from_number = any (?)
                    order by id limit ? for update""")) {
                select.setArray(1, values(connection, with));
                select.setArray(2, numbers(connection, with));
                select.setInt(3, limits.callsBatch());
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        documents.put(rows.getString(1), rows.getString(2));
                    }
                }
            }
            PersonalRows.erase(connection, documents);
            return List.copyOf(documents.keySet());
        });
    }

    @Override
    public CompletionStage<Integer> forget(Set<Identity> erased) {
        return database.submit(connection -> {
            run(connection, LOCK);
            int messages = 0;
            for (long contact : contacts(connection, erased)) {
                messages += (int) number(connection, "select count(*) from contact_message where contact = " + contact);
                run(connection, "delete from contact where id = " + contact);
            }
            return messages;
        });
    }

    private static Array values(Connection connection, Collection<Identity> identities) throws SQLException {
        return connection.createArrayOf(
                "text", identities.stream().map(Identity::value).toArray());
    }

    private Array numbers(Connection connection, Collection<Identity> identities) throws SQLException {
        return connection.createArrayOf(
                "text",
                identities.stream()
                        .flatMap(identity -> identity.asCarriersWrite(limits.country()).stream())
                        .toArray());
    }

    private static void run(Connection connection, String statement) throws SQLException {
        try (var open = connection.createStatement()) {
            open.execute(statement);
        }
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (var open = connection.createStatement();
                ResultSet rows = open.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void put(Map<String, Object> document, String key, @Nullable Object value) {
        if (value != null) {
            document.put(key, value);
        }
    }

    private static @Nullable Long millis(@Nullable OffsetDateTime time) {
        return time == null ? null : Long.valueOf(time.toInstant().toEpochMilli());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
