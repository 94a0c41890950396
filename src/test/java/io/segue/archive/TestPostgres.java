package io.segue.archive;

import io.segue.archive.dev.OwnPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** One PostgreSQL for all tests of this process, started when the first needs it; each asks for a database of its own. */
public final class TestPostgres {
    private static final Supplier<OwnPostgres> SERVER = new Supplier<>() {
        private OwnPostgres server;

        @Override
        public synchronized OwnPostgres get() {
            if (server == null) {
                server = OwnPostgres.start();
                Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            }
            return server;
        }
    };
    private static final AtomicInteger NAMES = new AtomicInteger();

    private TestPostgres() {}

    /** The URL of a new, empty database. */
    public static String freshUrl() {
        String name = "test_" + NAMES.incrementAndGet();
        OwnPostgres server = SERVER.get();
        try (Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return server.url().replace("/postgres?", "/" + name + "?");
    }

    static DataSource source(String url) {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        return source;
    }

    /** What the gateway makes of a URL, without a pool. */
    static Database open(String url, Limits limits) {
        return open(url, limits, () -> true);
    }

    /** The same of one that is away until it is there. */
    static Database open(String url, Limits limits, BooleanSupplier there) {
        DataSource source = source(url);
        return new Database(
                source,
                () -> {
                    if (!there.getAsBoolean()) {
                        throw new IllegalStateException("not there yet");
                    }
                    Flyway.configure().dataSource(source).load().migrate();
                },
                limits);
    }
}
