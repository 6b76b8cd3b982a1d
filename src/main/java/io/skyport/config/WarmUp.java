package io.skyport.config;

import io.skyport.engine.Engine;
import io.skyport.session.Cancellation;
import io.skyport.session.ResultStream;
import io.skyport.session.Session;
import io.skyport.sql.SqlCompiler;
import io.skyport.sql.SqlContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compiles and runs one query per path, so that the first client does not wait for classes to load. Touches no data. */
final class WarmUp {

    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

    private static final List<String> QUERIES = List.of(
            "SELECT 1",
            "SELECT a, count(*) AS n, sum(b) AS s FROM (VALUES (1, 2.5), (1, 3.5), (2, 1.0)) AS t (a, b)"
                    + " WHERE b > 0 GROUP BY a HAVING count(*) > 0 ORDER BY s DESC LIMIT 10",
            "WITH t AS (SELECT 1 AS a, 'x' AS b UNION ALL SELECT 2, 'y')"
                    + " SELECT l.a, upper(r.b), CASE WHEN l.a = 1 THEN DATE '2000-01-01' END AS d,"
                    + " row_number() OVER (ORDER BY l.a) AS r FROM t AS l JOIN t AS r ON l.a = r.a"
                    + " WHERE l.a IN (SELECT a FROM t)");

    private static final String PREPARED = "SELECT CAST(? AS INTEGER) + 1 AS a";

    private WarmUp() {}

    static void run(Session session, SqlCompiler compiler) {
        long start = System.nanoTime();
        compiler.warmUp(new SqlContext(Engine.DEFAULT_DATABASE, Engine.DEFAULT_SCHEMA, Map.of()));
        for (String query : QUERIES) {
            drain(session.execute(query, new Cancellation()).open());
        }
        session.closePreparedStatement(session.prepare(PREPARED).handle());
        log.info(
                "Warmed up in {} ms",
                Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private static void drain(ResultStream rows) {
        try (rows) {
            while (rows.next()) {
                rows.root();
            }
        }
    }
}
