package io.segue.archive;

import java.sql.Connection;
import java.sql.SQLException;

/** A piece of JDBC in one transaction. It may be run a second time on another connection when the first was lost before the commit. */
@FunctionalInterface
public interface Work<T> {
    /** @param connection not in auto-commit; it is committed when this returns and rolled back when it throws */
    T on(Connection connection) throws SQLException;
}
