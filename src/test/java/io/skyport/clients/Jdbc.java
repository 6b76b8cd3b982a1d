package io.skyport.clients;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Connections of Arrow's JDBC driver. */
final class Jdbc {

    private Jdbc() {}

    static String url(String... properties) {
        StringBuilder url =
                new StringBuilder("jdbc:arrow-flight-sql://127.0.0.1:" + Endpoint.port() + "/?useEncryption=false");
        for (int i = 0; i < properties.length; i += 2) {
            url.append('&').append(properties[i]).append('=');
            url.append(URLEncoder.encode(properties[i + 1], StandardCharsets.UTF_8));
        }
        return url.toString();
    }

    static Connection connect() throws SQLException {
        return DriverManager.getConnection(url("user", Endpoint.USER, "password", Endpoint.PASSWORD));
    }

    /** The rows as {@code getObject} gives them. */
    static List<List<Object>> rows(ResultSet results) throws SQLException {
        try (results) {
            int columns = results.getMetaData().getColumnCount();
            List<List<Object>> rows = new ArrayList<>();
            while (results.next()) {
                List<Object> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    row.add(results.getObject(column));
                }
                rows.add(Collections.unmodifiableList(row));
            }
            return rows;
        }
    }

    static List<List<Object>> query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return rows(statement.executeQuery(sql));
        }
    }

    /** The columns of a result by the labels of its metadata. */
    static List<String> labels(ResultSetMetaData metadata) throws SQLException {
        List<String> labels = new ArrayList<>();
        for (int column = 1; column <= metadata.getColumnCount(); column++) {
            labels.add(metadata.getColumnLabel(column));
        }
        return labels;
    }
}
