package io.segue.archive;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;

/** Tells a database that is away from one that refuses what it was told. States: PostgreSQL, appendix A. */
final class Outage {
    private Outage() {}

    static boolean is(SQLException e) {
        String state = e.getSQLState();
        if (state == null) {
            // The pool's own: nothing was connected in time.
            return true;
        }
        return e instanceof SQLTransientConnectionException
                || e instanceof SQLNonTransientConnectionException
                || state.startsWith("08") // connection exception
                || state.startsWith("57P") // shut down, crashed, starting up
                || state.equals("53300") // too many connections
                || state.equals("25006"); // a standby, which takes no writes
    }
}
