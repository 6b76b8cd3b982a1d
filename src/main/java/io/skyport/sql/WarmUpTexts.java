package io.skyport.sql;

import java.util.List;

/** Statements that between them use what most statements use; they name no table of a user. */
final class WarmUpTexts {

    /** As often as it takes until the first real statements are compiled in a few milliseconds. */
    static final int ROUNDS = 5;

    static final List<String> ALL = List.of(
            "SELECT * FROM information_schema.tables AS t WHERE t.table_name = ? AND t.table_schema IN (?, 'main')",
            """
            WITH sales AS (
                SELECT k, sum(v) AS total, avg(v * (1 - d)) AS mean, count(DISTINCT n) AS names, min(day) AS first
                FROM (VALUES (1, 2.50, 0.1, 'a', DATE '2000-01-01'), (2, 3.5, 0.2, 'b', DATE '2000-02-01'))
                    AS t (k, v, d, n, day)
                WHERE day BETWEEN DATE '1999-12-01' AND DATE '2000-12-01' - INTERVAL '90' DAY
                    AND (n LIKE '%a%' OR n NOT IN ('x', 'y') AND NOT d IS NULL)
                GROUP BY k HAVING sum(v) > 0 AND max(d) <> 5)
            SELECT s.k, CASE WHEN s.total > 10 THEN 'much' WHEN s.total IS NULL THEN NULL ELSE 'little' END AS much,
                extract(YEAR FROM s.first) AS year, substring(u.n FROM 1 FOR 2) AS part, coalesce(s.mean, 0) / 2 AS half,
                rank() OVER (PARTITION BY s.k ORDER BY s.total DESC) AS place, CAST(s.names AS VARCHAR) || '!' AS shown
            FROM sales AS s LEFT JOIN (SELECT 1 AS k, 'name' AS n UNION ALL SELECT 2, upper('x')) AS u ON s.k = u.k
            WHERE s.total >= (SELECT avg(i.total) FROM sales AS i WHERE i.k = s.k) AND EXISTS (SELECT 1 FROM sales)
            ORDER BY year DESC NULLS LAST, 1 LIMIT 10 OFFSET 0
            """,
            "SELECT l + 1, r.n, count(*) FROM generate_series(1, 3) AS g (l), (SELECT 1 AS n) AS r WHERE l = CAST(? AS INTEGER) + n"
                    + " GROUP BY ROLLUP (l, r.n)",
            "SHOW TABLES");

    /** The engine refuses it: then the validator is asked too. */
    static final String MISTAKEN = "SELECT missing FROM (SELECT 1 AS a) AS t WHERE a = ?";

    private WarmUpTexts() {}
}
