package io.segue.bench;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalPropertiesReader;
import java.sql.SQLException;
import java.util.Map;

/** The pool that Quarkus makes of the gateway's settings, for benches that run without it. */
final class GatewayPool {
    private GatewayPool() {}

    static AgroalDataSource of(String url) throws SQLException {
        return AgroalDataSource.from(new AgroalPropertiesReader()
                .readProperties(Map.of(
                        AgroalPropertiesReader.JDBC_URL, url,
                        AgroalPropertiesReader.MAX_SIZE, "12",
                        AgroalPropertiesReader.ACQUISITION_TIMEOUT, "PT3S"))
                .get());
    }
}
