package clients

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-adbc/go/adbc"
	"github.com/apache/arrow-adbc/go/adbc/driver/flightsql"
	"github.com/apache/arrow-adbc/go/adbc/sqldriver"
	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/stretchr/testify/require"
)

func TestQuery(t *testing.T) {
	require.Equal(t, []string{"1,x", "2,(null)"},
		query(t, connection(t), "SELECT a, b FROM (VALUES (2, NULL), (1, 'x')) AS t(a, b) ORDER BY a;;"))
}

func TestQueryWithoutRowsHasASchema(t *testing.T) {
	reader, _, err := statement(t, connection(t), "SELECT 1 AS a WHERE 1 = 0").ExecuteQuery(limited(t))
	require.NoError(t, err)
	require.Equal(t, "a", reader.Schema().Field(0).Name)
	require.Empty(t, texts(t, reader))
}

func TestLargeResultArrivesWholeAndInOrder(t *testing.T) {
	reader, _, err := statement(t, connection(t), "SELECT i FROM range(1000000) AS t(i)").ExecuteQuery(limited(t))
	require.NoError(t, err)
	defer reader.Release()
	next := int64(0)
	for reader.Next() {
		for _, i := range reader.RecordBatch().Column(0).(*array.Int64).Int64Values() {
			require.Equal(t, next, i)
			next++
		}
	}
	require.NoError(t, reader.Err())
	require.EqualValues(t, 1_000_000, next)
}

func TestTypes(t *testing.T) {
	for _, c := range []struct {
		sql  string
		kind arrow.DataType
		text string
	}{
		{"TRUE", arrow.FixedWidthTypes.Boolean, "true"},
		{"CAST(-128 AS TINYINT)", arrow.PrimitiveTypes.Int8, "-128"},
		{"CAST(-32768 AS SMALLINT)", arrow.PrimitiveTypes.Int16, "-32768"},
		{"7", arrow.PrimitiveTypes.Int32, "7"},
		{"CAST(9223372036854775807 AS BIGINT)", arrow.PrimitiveTypes.Int64, "9223372036854775807"},
		{"CAST('99999999999999999999' AS HUGEINT)", &arrow.Decimal128Type{Precision: 38}, "99999999999999999999"},
		{"CAST(1.5 AS REAL)", arrow.PrimitiveTypes.Float32, "1.5"},
		{"CAST(1.5 AS DOUBLE)", arrow.PrimitiveTypes.Float64, "1.5"},
		{"CAST(-1.25 AS DECIMAL(10, 2))", &arrow.Decimal128Type{Precision: 10, Scale: 2}, "-1.25"},
		{"'żółć 🦆'", arrow.BinaryTypes.String, "żółć 🦆"},
		{"X'00ff'", arrow.BinaryTypes.Binary, "AP8="},
		{"DATE '2024-02-29'", arrow.FixedWidthTypes.Date32, "2024-02-29"},
		{"TIME '12:34:56.5'", arrow.FixedWidthTypes.Time64us, "12:34:56.500000"},
		{"TIMESTAMP '2024-02-29 12:34:56.5'", &arrow.TimestampType{Unit: arrow.Microsecond}, "2024-02-29T12:34:56.5Z"},
		{"INTERVAL '3' DAY", arrow.FixedWidthTypes.MonthDayNanoInterval, `{"months":0,"days":3,"nanoseconds":0}`},
		{"CAST('00112233-4455-6677-8899-aabbccddeeff' AS UUID)", arrow.BinaryTypes.String, "00112233-4455-6677-8899-aabbccddeeff"},
		{"ARRAY[1, NULL]", nil, "[1,null]"},
		{"{'a': 1, 'b': 'x'}", nil, `{"a":1,"b":"x"}`},
		{"MAP['k', 1]", nil, `[{"key":"k","value":1}]`},
		{"CAST(NULL AS INTEGER)", arrow.PrimitiveTypes.Int32, array.NullValueStr},
	} {
		t.Run(c.sql, func(t *testing.T) {
			reader, _, err := statement(t, connection(t), "SELECT "+c.sql+" AS v").ExecuteQuery(limited(t))
			require.NoError(t, err)
			if c.kind != nil {
				kind := reader.Schema().Field(0).Type
				require.True(t, arrow.TypeEqual(c.kind, kind), "%s, not %s", kind, c.kind)
			}
			require.Equal(t, []string{c.text}, texts(t, reader))
		})
	}
}

func TestPreparedStatementRunsWithNewParameters(t *testing.T) {
	statement := statement(t, connection(t), "SELECT ? || '!' AS s, CAST(? AS BIGINT) + 1 AS i")
	require.NoError(t, statement.Prepare(limited(t)))
	parameters, err := statement.GetParameterSchema()
	require.NoError(t, err)
	require.Equal(t, 2, parameters.NumFields())
	require.Equal(t, arrow.INT64, parameters.Field(1).Type.ID())
	schema := fields("s", arrow.BinaryTypes.String, "i", arrow.PrimitiveTypes.Int64)
	for _, c := range []struct{ bound, answer string }{
		{`[{"s": "a", "i": 1}]`, "a!,2"},
		{`[{"s": "b", "i": 2}]`, "b!,3"},
		{`[{"s": null, "i": null}]`, "(null),(null)"},
	} {
		require.NoError(t, statement.Bind(limited(t), batch(t, schema, c.bound)))
		reader, _, err := statement.ExecuteQuery(limited(t))
		require.NoError(t, err)
		require.Equal(t, []string{c.answer}, texts(t, reader))
	}
}

func TestPreparedInsertTakesAStreamOfBatches(t *testing.T) {
	connection := connection(t)
	name := table(t, connection, "i BIGINT PRIMARY KEY, s VARCHAR")
	insert := statement(t, connection, "INSERT INTO "+name+" VALUES (?, ?)")
	require.NoError(t, insert.Prepare(limited(t)))
	schema := fields("i", arrow.PrimitiveTypes.Int64, "s", arrow.BinaryTypes.String)
	bind := func(batches ...string) {
		rows := []arrow.RecordBatch{}
		for _, json := range batches {
			rows = append(rows, batch(t, schema, json))
		}
		reader, err := array.NewRecordReader(schema, rows)
		require.NoError(t, err)
		defer reader.Release()
		require.NoError(t, insert.BindStream(limited(t), reader))
	}
	bind(`[{"i": 1, "s": "one"}, {"i": 2, "s": null}]`, `[{"i": 3, "s": "three"}]`)
	count, err := insert.ExecuteUpdate(limited(t))
	require.NoError(t, err)
	require.EqualValues(t, 3, count)
	bind(`[{"i": 4, "s": "four"}]`, `[{"i": 1, "s": "again"}]`)
	_, err = insert.ExecuteUpdate(limited(t))
	require.Equal(t, adbc.StatusAlreadyExists, failed(t, err).Code)
	require.Equal(t, []string{"1,one", "2,(null)", "3,three"}, query(t, connection, "SELECT * FROM "+name+" ORDER BY i"))
}

func TestUpdatesRunOnceAndCount(t *testing.T) {
	connection := connection(t)
	name := table(t, connection, "i INTEGER")
	require.EqualValues(t, 3, update(t, connection, "INSERT INTO "+name+" VALUES (1), (2), (3)"))
	require.EqualValues(t, 2, update(t, connection, "UPDATE "+name+" SET i = i + 10 WHERE i > 1"))
	// Also by the way of queries, which does not know it for an update.
	require.Empty(t, query(t, connection, "INSERT INTO "+name+" VALUES (4)"))
	require.Equal(t, []string{"5"}, query(t, connection, "INSERT INTO "+name+" VALUES (5) RETURNING i"))
	require.EqualValues(t, 5, update(t, connection, "DELETE FROM "+name))
}

func TestResultsOutliveTheirStatementAndOneAnother(t *testing.T) {
	connection := connection(t)
	statement := statement(t, connection, "SELECT 1 AS i")
	first, _, err := statement.ExecuteQuery(limited(t))
	require.NoError(t, err)
	require.NoError(t, statement.SetSqlQuery("SELECT 2 AS i"))
	second, _, err := statement.ExecuteQuery(limited(t))
	require.NoError(t, err)
	require.Equal(t, []string{"2"}, texts(t, second))
	require.Equal(t, []string{"1"}, texts(t, first))
}

func TestFailuresHaveTheirCodeSqlStateAndPlace(t *testing.T) {
	connection := connection(t)
	name := table(t, connection, "i INTEGER NOT NULL")
	for _, c := range []struct {
		sql   string
		code  adbc.Status
		state string
		text  string
	}{
		{"SELEC 1", adbc.StatusInvalidArgument, "42601", "line 1, column 1"},
		{"SELECT *\nFROM nowhere", adbc.StatusNotFound, "42P01", "line 2, column 6"},
		{"SELECT j FROM " + name, adbc.StatusInvalidArgument, "42703", `"j"`},
		{"CREATE TABLE " + name + " (i INTEGER)", adbc.StatusAlreadyExists, "42P07", ""},
		{"INSERT INTO " + name + " VALUES (NULL)", adbc.StatusInvalidArgument, "23502", ""},
		{"SELECT 1; SELECT 2", adbc.StatusInvalidArgument, "42601", "column 11"},
	} {
		t.Run(c.state, func(t *testing.T) {
			reader, _, err := statement(t, connection, c.sql).ExecuteQuery(limited(t))
			if err == nil {
				for reader.Next() {
				}
				err = reader.Err()
				reader.Release()
			}
			failure := failed(t, err)
			require.Equal(t, c.code, failure.Code, failure.Msg)
			require.Equal(t, c.state, detail(failure, "sqlstate"))
			require.Contains(t, failure.Msg, "["+c.state+"]")
			require.Contains(t, failure.Msg, c.text)
		})
	}
}

func TestFailureInTheMiddleOfAResultIsTold(t *testing.T) {
	reader, _, err := statement(t, connection(t),
		"SELECT CAST(CASE WHEN i = 900000 THEN 'x' ELSE '1' END AS INTEGER) FROM range(1000000) AS t(i)").ExecuteQuery(limited(t))
	require.NoError(t, err)
	defer reader.Release()
	for reader.Next() {
	}
	require.ErrorContains(t, reader.Err(), "[22")
}

func TestCancelledContextStopsTheQuery(t *testing.T) {
	connection := connection(t)
	ctx, cancel := context.WithCancel(limited(t))
	reader, _, err := statement(t, connection, "SELECT i FROM range(100000000000) AS t(i)").ExecuteQuery(ctx)
	require.NoError(t, err)
	require.True(t, reader.Next())
	cancel()
	for reader.Next() {
	}
	require.Equal(t, adbc.StatusCancelled, failed(t, reader.Err()).Code)
	reader.Release()
	require.Equal(t, []string{"1"}, query(t, connection, "SELECT 1"))
}

func TestDeadlineStopsTheQuery(t *testing.T) {
	connection := connection(t)
	setOption(t, connection, flightsql.OptionTimeoutFetch, "0.5")
	slow := "SELECT count(*) FROM range(100000000000) AS t(i) WHERE hash(i) = 1"
	reader, _, err := statement(t, connection, slow).ExecuteQuery(limited(t))
	require.NoError(t, err)
	defer reader.Release()
	require.False(t, reader.Next())
	require.Equal(t, adbc.StatusTimeout, failed(t, reader.Err()).Code)
}

func TestPartitionsAreReadByAnotherConnection(t *testing.T) {
	schema, partitions, _, err := statement(t, connection(t), "SELECT i FROM range(100000) AS t(i)").ExecutePartitions(limited(t))
	require.NoError(t, err)
	require.Equal(t, "i", schema.Field(0).Name)
	other := connection(t)
	rows := int64(0)
	for _, partition := range partitions.PartitionIDs {
		reader, err := other.ReadPartition(limited(t), partition)
		require.NoError(t, err)
		for reader.Next() {
			rows += reader.RecordBatch().NumRows()
		}
		require.NoError(t, reader.Err())
		reader.Release()
	}
	require.EqualValues(t, 100_000, rows)
}

func TestManyConnectionsAtOnce(t *testing.T) {
	database := database(t, credentials())
	results := make(chan error)
	for i := range 16 {
		go func() { results <- count(database, i) }()
	}
	for range 16 {
		require.NoError(t, <-results)
	}
}

func count(database adbc.Database, i int) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	connection, err := database.Open(ctx)
	if err != nil {
		return err
	}
	defer connection.Close()
	statement, err := connection.NewStatement()
	if err != nil {
		return err
	}
	defer statement.Close()
	if err = statement.SetSqlQuery(fmt.Sprintf("SELECT count(*) + %d AS n FROM range(100000) AS t(i)", i)); err != nil {
		return err
	}
	reader, _, err := statement.ExecuteQuery(ctx)
	if err != nil {
		return err
	}
	defer reader.Release()
	if !reader.Next() || reader.RecordBatch().Column(0).ValueStr(0) != fmt.Sprint(100000+i) {
		return fmt.Errorf("connection %d has the wrong answer: %w", i, reader.Err())
	}
	return nil
}

func TestDatabaseSql(t *testing.T) {
	sql.Register("skyport", sqldriver.Driver{Driver: flightsql.NewDriver(memory.DefaultAllocator)})
	source := []string{}
	for key, value := range credentials() {
		source = append(source, key+"="+value)
	}
	database, err := sql.Open("skyport", strings.Join(source, ";"))
	require.NoError(t, err)
	defer database.Close()
	name := table(t, connection(t), "i BIGINT, s VARCHAR")
	// Parameters only of what is prepared, and of the very Go type of the parameter: ADBC's adapter has no more.
	insert, err := database.Prepare("INSERT INTO " + name + " VALUES (?, ?), (?, ?)")
	require.NoError(t, err)
	result, err := insert.Exec(int64(1), "one", int64(2), "two")
	require.NoError(t, err)
	require.NoError(t, insert.Close())
	affected, err := result.RowsAffected()
	require.NoError(t, err)
	require.EqualValues(t, 2, affected)
	byId, err := database.Prepare("SELECT s FROM " + name + " WHERE i = ?")
	require.NoError(t, err)
	var text string
	require.NoError(t, byId.QueryRow(int64(2)).Scan(&text))
	require.Equal(t, "two", text)
	require.NoError(t, byId.Close())
	transaction, err := database.Begin()
	require.NoError(t, err)
	_, err = transaction.Exec("DELETE FROM " + name)
	require.NoError(t, err)
	require.NoError(t, transaction.Rollback())
	var rows int
	require.NoError(t, database.QueryRow("SELECT count(*) FROM "+name).Scan(&rows))
	require.Equal(t, 2, rows)
}
