-- Each query gives what the engine gives for the same text: labels, types, values, order.
SELECT 1
SELECT 1 AS a, 'x' AS b, 1.50, 1e3, NULL, TRUE, FALSE
SELECT -1, - 3, 1 - -1
SELECT a, b FROM t ORDER BY a
SELECT A, "B", t.c FROM t ORDER BY a
SELECT * FROM t ORDER BY a
SELECT t.* FROM t ORDER BY a DESC
SELECT main.t.a FROM main.t ORDER BY 1
SELECT count(*), count(a), COUNT(DISTINCT b), sum(a), SUM(c), avg(a), min(b), max(d) FROM t
SELECT a + 1, (a + 1) * 2, a + 1 * 2, c / 2, a // 2, a % 2, -a, a - 1 - 1 FROM t ORDER BY a
SELECT 2 ^ 3, 2 ** 3, 2 * 3 ^ 2, 5 & 3, 5 | 3, 1 << 4, 16 >> 2, 1 + 2 & 3, 'a' || 1 + 2
SELECT b || 'x' || a FROM t ORDER BY a
SELECT a > 1, a >= 1, a < 1, a <= 1, a = 1, a <> 1, a != 1, NOT a = 1, a IS NULL, a IS NOT NULL FROM t ORDER BY a
SELECT a > 1 AND b = 'x' OR c < 2, a > 1 AND (b = 'x' OR c < 2) FROM t ORDER BY a
SELECT a BETWEEN 1 AND 2, a NOT BETWEEN 1 AND 2, a IN (1, 2), a NOT IN (1, 2), b IN (SELECT b FROM t WHERE a = 1) FROM t ORDER BY a
SELECT b LIKE 'x%', b NOT LIKE 'x%', b ILIKE 'X%', b NOT ILIKE 'X', b LIKE 'x!%' ESCAPE '!', b SIMILAR TO '(x|y)' FROM t ORDER BY a
SELECT b ~ 'x', b !~ 'x' FROM t ORDER BY a
SELECT a IS DISTINCT FROM 1, a IS NOT DISTINCT FROM NULL FROM t ORDER BY a
SELECT a IS TRUE, (a = 1) IS NOT TRUE, (a = 1) IS FALSE, (a > 1) IS UNKNOWN FROM t ORDER BY t.a
SELECT a = ANY (SELECT 1), a > ALL (SELECT 0), a = SOME (SELECT 2) FROM t ORDER BY a
SELECT EXISTS (SELECT 1 FROM t WHERE a = 1), NOT EXISTS (SELECT 1 FROM t WHERE a = 100)
SELECT CASE WHEN a = 1 THEN 'one' WHEN a = 2 THEN 'two' END, CASE a WHEN 1 THEN 'x' ELSE 'y' END FROM t ORDER BY a
SELECT CAST(a AS VARCHAR), a::double, a::DECIMAL(10,2), '7'::int + 1, TRY_CAST(b AS INTEGER), -1::int FROM t ORDER BY a
SELECT CAST(a AS TINYINT), CAST(a AS SMALLINT), CAST(a AS UINTEGER), CAST(a AS UBIGINT), CAST(a AS UTINYINT), CAST(a AS FLOAT), CAST(a AS REAL) FROM t ORDER BY a
SELECT CAST('2020-01-02' AS DATE), DATE '2020-01-02', TIME '10:11:12', TIMESTAMP '2020-01-02 03:04:05', TIMESTAMPTZ '2020-01-02 03:04:05+00'
SELECT CAST('2020-01-02 03:04:05' AS TIMESTAMP WITH TIME ZONE), CAST('10:00:00' AS TIME), CAST('2020-01-02 03:04:05' AS TIMESTAMP(3)), '2020-01-01'::TIMESTAMP_S
SELECT CAST('abc' AS BLOB), CAST(1 AS BOOLEAN), CAST('a' AS TEXT), CAST('b' AS STRING), CAST(1 AS INT8), CAST(2 AS LONG)
SELECT CAST('f81d4fae-7dec-11d0-a765-00a0c91e6bf6' AS UUID), CAST(123 AS HUGEINT), CAST('[1]' AS JSON)
SELECT INTERVAL '90' DAY, INTERVAL '90 days', INTERVAL '3' MONTH, INTERVAL '1' YEAR, INTERVAL 5 HOUR
SELECT DATE '2020-01-31' + INTERVAL '1' MONTH, DATE '2020-01-31' - INTERVAL '1 day', DATE '2020-03-01' - DATE '2020-02-01', DATE '2020-01-01' + 5
SELECT TIMESTAMP '2020-01-01 00:00:00' + INTERVAL '1' HOUR, TIMESTAMP '2020-01-02 00:00:00' - TIMESTAMP '2020-01-01 00:00:00'
SELECT EXTRACT(YEAR FROM d), EXTRACT(month FROM d), EXTRACT(DAY FROM d), EXTRACT(DOW FROM d), EXTRACT(EPOCH FROM d), date_part('year', d), year(d), month(d) FROM t ORDER BY a
SELECT date_trunc('month', d), date_diff('day', DATE '2020-01-01', d), last_day(d), strftime(d, '%Y/%m') FROM t ORDER BY a
SELECT SUBSTRING(b, 1, 1), SUBSTRING(b FROM 1 FOR 1), SUBSTRING(b FROM 2), TRIM(b), TRIM(BOTH 'x' FROM b), TRIM(LEADING 'x' FROM b), TRIM(TRAILING FROM b), POSITION('x' IN b) FROM t ORDER BY a
SELECT upper(b), LOWER(b), length(b), char_length(b), left(b, 1), right(b, 1), concat(b, 'z'), replace(b, 'x', 'q'), reverse(b), lpad(b, 3, '0') FROM t ORDER BY a
SELECT abs(-1), floor(1.5), ceil(1.5), ceiling(1.2), round(1.55, 1), sqrt(4), power(2, 3), mod(7, 3), sign(-2), ln(1), exp(0), pi(), greatest(1, 2), least(1, 2)
SELECT coalesce(NULL, 1), nullif(1, 1), ifnull(NULL, 2), COALESCE(c, 0) FROM t ORDER BY a
SELECT DISTINCT b FROM t ORDER BY b NULLS FIRST
SELECT b, count(*) FROM t GROUP BY b ORDER BY b NULLS LAST
SELECT b, sum(a) AS s FROM t GROUP BY b HAVING sum(a) > 1 ORDER BY s DESC, b
SELECT b, count(*) FROM t GROUP BY 1 ORDER BY 2 DESC, 1
SELECT a % 2, sum(c) FROM t GROUP BY a % 2 ORDER BY 1
SELECT b, GROUPING(b), count(*) FROM t GROUP BY CUBE (b) ORDER BY 1, 2
SELECT b, a, count(*) FROM t GROUP BY GROUPING SETS ((b), (a), ()) ORDER BY 1, 2, 3
SELECT sum(a) FILTER (WHERE b = 'x'), count(*) FILTER (WHERE c IS NULL) FROM t
SELECT string_agg(b, ',' ORDER BY a DESC), array_agg(a ORDER BY a), list(a ORDER BY a) FROM t
SELECT first(a ORDER BY a), last(a ORDER BY a), median(a), quantile_cont(a, 0.5), mode(b), stddev_samp(a), var_pop(a), corr(a, c), bool_and(a > 0) FROM t
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a) FROM t
SELECT a, row_number() OVER (ORDER BY a DESC), rank() OVER (PARTITION BY b ORDER BY a), lag(a) OVER (ORDER BY a), lead(a, 1, 0) OVER (ORDER BY a) FROM t ORDER BY a
SELECT a, sum(a) OVER (ORDER BY a ROWS BETWEEN 1 PRECEDING AND CURRENT ROW), avg(a) OVER (PARTITION BY b), count(*) OVER () FROM t ORDER BY a
SELECT a, first_value(a) OVER w, last_value(a IGNORE NULLS) OVER w FROM t WINDOW w AS (PARTITION BY b ORDER BY a) ORDER BY a
SELECT a, sum(a) OVER (ORDER BY a RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) FROM t ORDER BY a
SELECT a, b FROM t QUALIFY row_number() OVER (PARTITION BY b ORDER BY a) = 1 ORDER BY a
SELECT t.a, u.e FROM t JOIN u ON t.a = u.a ORDER BY 1, 2
SELECT t.a, u.e FROM t LEFT JOIN u ON t.a = u.a ORDER BY 1, 2
SELECT t.a, u.e FROM t RIGHT JOIN u ON t.a = u.a ORDER BY 1, 2
SELECT t.a, u.e FROM t FULL OUTER JOIN u ON t.a = u.a ORDER BY 1, 2
SELECT t.a, u.e FROM t CROSS JOIN u ORDER BY 1, 2
SELECT t.a, u.e FROM t, u WHERE t.a = u.a ORDER BY 1, 2
SELECT * FROM t JOIN u USING (a) ORDER BY 1
SELECT * FROM t NATURAL JOIN u ORDER BY 1
SELECT a FROM t SEMI JOIN u USING (a) ORDER BY 1
SELECT a FROM t ANTI JOIN u USING (a) ORDER BY 1
SELECT x.a, y.a FROM t AS x JOIN t AS y ON x.a = y.a + 1 ORDER BY 1
SELECT x.a FROM t x JOIN (t y JOIN u z ON y.a = z.a) ON x.a = y.a ORDER BY 1
SELECT * FROM (SELECT a AS k, b FROM t) AS s WHERE k > 1 ORDER BY k
SELECT * FROM (SELECT a, b FROM t) AS s(p, q) ORDER BY p
SELECT a, (SELECT max(e) FROM u WHERE u.a = t.a) AS m FROM t ORDER BY a
SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.a = t.a) ORDER BY a
SELECT a FROM t WHERE a > (SELECT avg(a) FROM t) ORDER BY a
SELECT t.a, l.m FROM t, LATERAL (SELECT t.a * 2 AS m) AS l ORDER BY 1
SELECT t.a, l.e FROM t LEFT JOIN LATERAL (SELECT e FROM u WHERE u.a = t.a) AS l ON TRUE ORDER BY 1, 2
WITH c AS (SELECT a FROM t WHERE a > 1) SELECT count(*) FROM c
WITH c AS (SELECT 1 AS x), d AS (SELECT x + 1 AS y FROM c) SELECT * FROM c, d
WITH c(p, q) AS (SELECT 1, 2) SELECT p + q FROM c
WITH t AS (SELECT 42 AS a) SELECT * FROM t
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT * FROM r ORDER BY n
SELECT a FROM t UNION SELECT a FROM u ORDER BY 1
SELECT a FROM t UNION ALL SELECT a FROM u ORDER BY 1
SELECT a FROM t INTERSECT SELECT a FROM u ORDER BY 1
SELECT a FROM t EXCEPT SELECT a FROM u ORDER BY 1
SELECT 1 UNION ALL SELECT 2 INTERSECT SELECT 2 UNION ALL SELECT 3 ORDER BY 1
(SELECT a FROM t ORDER BY a LIMIT 1) UNION ALL (SELECT a FROM u ORDER BY a LIMIT 1) ORDER BY 1
SELECT a FROM t ORDER BY a LIMIT 2
SELECT a FROM t ORDER BY a LIMIT 2 OFFSET 1
SELECT a FROM t ORDER BY a OFFSET 1
SELECT a FROM t ORDER BY a DESC NULLS LAST, b ASC NULLS FIRST
SELECT a FROM t ORDER BY a OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY
VALUES (1, 'a'), (2, 'b')
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v(n, s) ORDER BY n
TABLE u ORDER BY a
SELECT * EXCLUDE (b) FROM t ORDER BY a
SELECT * REPLACE (a + 1 AS a) FROM t ORDER BY a
SELECT ARRAY[1, 2, 3], ARRAY[1, 2, 3][2], list_value(1, 2), struct_pack(x := 1, y := 'b')
SELECT l, l[1], s.x, s.y, m FROM n ORDER BY k
SELECT list_transform(l, x -> x + 1), list_filter(l, x -> x > 1), len(l) FROM n ORDER BY k
SELECT unnest(l) AS e, k FROM n ORDER BY k, e
SELECT * FROM UNNEST(ARRAY[1, 2]) AS x(v) ORDER BY v
SELECT * FROM range(3) AS r(i) ORDER BY i
SELECT * FROM generate_series(1, 3) ORDER BY 1
SELECT row(1, 'a'), (1, 2) = (1, 2)
SELECT 'it''s', 'a\nb', E'a\nb', 'ü'
SELECT "a" AS "x y", "b" "quote""d" FROM t ORDER BY 1
SELECT a AS "select", b AS "from" FROM t ORDER BY "select"
SELECT user AS u1 FROM k ORDER BY user
SELECT "date", "time", value, key, k.year FROM k ORDER BY key
SELECT date, time, timestamp, year FROM k ORDER BY key
SELECT max(date) FROM k GROUP BY year ORDER BY year
SELECT sum(h), max(h), h FROM big GROUP BY h ORDER BY h
SELECT * FROM big ORDER BY h
SELECT id, id AS again FROM big ORDER BY h
SELECT list(id ORDER BY h), tz, bits FROM big GROUP BY tz, bits ORDER BY tz
SELECT table_name FROM information_schema.tables WHERE table_name IN ('t', 'u') ORDER BY 1
SELECT t.a AS a, u.a AS a FROM t JOIN u ON t.a = u.a ORDER BY 1
SELECT hash(1) = hash(1), typeof(a), typeof(c) FROM t ORDER BY a
SELECT regexp_replace(b, 'x', 'y'), regexp_matches(b, '^x'), b[1], split_part('a-b', '-', 2) FROM t ORDER BY a
SELECT greatest(d, DATE '2020-06-01'), d > '2020-06-01', d + 1 FROM t ORDER BY a
SELECT json_extract('{"a": 1}', '$.a'), '{"a": {"b": 2}}'::JSON
SELECT t.b, sum(t.a * u.e) AS total FROM t, u WHERE t.a = u.a GROUP BY t.b HAVING sum(t.a * u.e) > 0 ORDER BY total DESC LIMIT 10
SELECT a AS x, x + 1 AS y FROM t ORDER BY x
SELECT b FROM t WHERE b IS NOT NULL GROUP BY b ORDER BY count(*) DESC, b
SELECT CASE WHEN a IN (1, 2) THEN b ELSE NULL END AS c, count(*) FROM t GROUP BY c ORDER BY c
SELECT (1, 2) IN (SELECT 1, 2), (a, b) IN (SELECT a, b FROM t) FROM t ORDER BY a
SELECT concat_ws('-', a, b), printf('%d', a), format('{}', b) FROM t ORDER BY a
SELECT current_schema() AS s, current_database() AS d
SELECT 12345678901234567890, 1234567890123456789012345678901234567890
SELECT .5, 5., 0.10, 1e-3, 1E3, 123456789.123456789
SELECT trim(b, 'x'), trim(b) FROM t ORDER BY a
SELECT json_object('a', a), json_array(a, b), json_value('{"a": 1}', '$.a'), json_exists('{"a": 1}', '$.a') FROM t ORDER BY a
