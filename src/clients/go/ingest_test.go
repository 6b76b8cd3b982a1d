package clients

import (
	"strings"
	"testing"

	"github.com/apache/arrow-adbc/go/adbc"
	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/stretchr/testify/require"
)

func ingest(t *testing.T, connection adbc.Connection, mode, table string, batches ...arrow.RecordBatch) (int64, error) {
	statement := statement(t, connection, "")
	setOption(t, statement, adbc.OptionKeyIngestTargetTable, table)
	setOption(t, statement, adbc.OptionKeyIngestMode, mode)
	reader, err := array.NewRecordReader(batches[0].Schema(), batches)
	require.NoError(t, err)
	defer reader.Release()
	require.NoError(t, statement.BindStream(limited(t), reader))
	return statement.ExecuteUpdate(limited(t))
}

// missing is the name of a table that is not there.
func missing(t *testing.T, connection adbc.Connection) string {
	name := "go_" + strings.ToLower(strings.ReplaceAll(t.Name(), "/", "_"))
	update(t, connection, "DROP TABLE IF EXISTS "+name)
	return name
}

func TestIngestModes(t *testing.T) {
	mine := connection(t)
	name := missing(t, mine)
	schema := fields("i", arrow.PrimitiveTypes.Int64, "s", arrow.BinaryTypes.String)
	two := batch(t, schema, `[{"i": 1, "s": "one"}, {"i": 2, "s": null}]`)
	rows := func() []string { return query(t, mine, "SELECT * FROM "+name+" ORDER BY i") }

	_, err := ingest(t, mine, adbc.OptionValueIngestModeAppend, name, two)
	require.Equal(t, adbc.StatusNotFound, failed(t, err).Code)
	require.Equal(t, "42P01", detail(failed(t, err), "sqlstate"))

	count, err := ingest(t, mine, adbc.OptionValueIngestModeCreate, name, two)
	require.NoError(t, err)
	require.EqualValues(t, 2, count)
	require.Equal(t, []string{"1,one", "2,(null)"}, rows())

	_, err = ingest(t, mine, adbc.OptionValueIngestModeCreate, name, two)
	require.Equal(t, adbc.StatusAlreadyExists, failed(t, err).Code)

	three := batch(t, schema, `[{"i": 3, "s": "three"}]`)
	count, err = ingest(t, mine, adbc.OptionValueIngestModeAppend, name, three, three)
	require.NoError(t, err)
	require.EqualValues(t, 2, count)
	_, err = ingest(t, mine, adbc.OptionValueIngestModeCreateAppend, name, three)
	require.NoError(t, err)
	require.Len(t, rows(), 5)

	other := fields("only", arrow.FixedWidthTypes.Boolean)
	_, err = ingest(t, mine, adbc.OptionValueIngestModeAppend, name, batch(t, other, `[{"only": true}]`))
	require.Equal(t, adbc.StatusInvalidArgument, failed(t, err).Code)
	require.ErrorContains(t, err, "only")
	count, err = ingest(t, mine, adbc.OptionValueIngestModeReplace, name, batch(t, other, `[{"only": true}]`))
	require.NoError(t, err)
	require.EqualValues(t, 1, count)
	require.Equal(t, []string{"true"}, query(t, mine, "SELECT * FROM "+name))
}

func TestIngestIntoACatalogSchemaAndTemporaryTable(t *testing.T) {
	mine := connection(t)
	execute(t, mine, "CREATE DATABASE IF NOT EXISTS elsewhere", "CREATE SCHEMA IF NOT EXISTS elsewhere.inside",
		"DROP TABLE IF EXISTS elsewhere.inside.go_ingested")
	rows := batch(t, fields("i", arrow.PrimitiveTypes.Int32), `[{"i": 7}]`)
	into := statement(t, mine, "")
	setOption(t, into, adbc.OptionKeyIngestTargetTable, "go_ingested")
	setOption(t, into, adbc.OptionValueIngestTargetCatalog, "elsewhere")
	setOption(t, into, adbc.OptionValueIngestTargetDBSchema, "inside")
	require.NoError(t, into.Bind(limited(t), rows))
	_, err := into.ExecuteUpdate(limited(t))
	require.NoError(t, err)
	require.Equal(t, []string{"7"}, query(t, mine, "SELECT i FROM elsewhere.inside.go_ingested"))

	temporary := statement(t, mine, "")
	setOption(t, temporary, adbc.OptionKeyIngestTargetTable, "go_temporary")
	setOption(t, temporary, adbc.OptionValueIngestTemporary, adbc.OptionValueEnabled)
	require.NoError(t, temporary.Bind(limited(t), rows))
	_, err = temporary.ExecuteUpdate(limited(t))
	require.NoError(t, err)
	require.Equal(t, []string{"7"}, query(t, mine, "SELECT i FROM go_temporary"))
	_, err = statement(t, connection(t), "SELECT i FROM go_temporary").ExecuteUpdate(limited(t))
	require.Equal(t, "42P01", detail(failed(t, err), "sqlstate"))
}

// The driver sends no transaction with it; the server takes the one that the connection has open.
func TestIngestBelongsToTheOpenTransaction(t *testing.T) {
	observer, mine := connection(t), manual(t)
	name := table(t, observer, "i INTEGER")
	rows := batch(t, fields("i", arrow.PrimitiveTypes.Int32), `[{"i": 1}, {"i": 2}]`)
	short := strings.TrimPrefix(name, "main.")
	_, err := ingest(t, mine, adbc.OptionValueIngestModeAppend, short, rows)
	require.NoError(t, err)
	require.Equal(t, []string{"2"}, query(t, mine, "SELECT count(*) FROM "+name))
	require.Equal(t, []string{"0"}, query(t, observer, "SELECT count(*) FROM "+name))
	require.NoError(t, mine.Rollback(limited(t)))
	require.Equal(t, []string{"0"}, query(t, mine, "SELECT count(*) FROM "+name))
	_, err = ingest(t, mine, adbc.OptionValueIngestModeAppend, short, rows)
	require.NoError(t, err)
	require.NoError(t, mine.Commit(limited(t)))
	require.Equal(t, []string{"2"}, query(t, observer, "SELECT count(*) FROM "+name))
}

func TestIngestIsAllOrNothing(t *testing.T) {
	mine := connection(t)
	name := table(t, mine, "i INTEGER PRIMARY KEY")
	schema := fields("i", arrow.PrimitiveTypes.Int32)
	_, err := ingest(t, mine, adbc.OptionValueIngestModeAppend, strings.TrimPrefix(name, "main."),
		batch(t, schema, `[{"i": 1}, {"i": 2}]`), batch(t, schema, `[{"i": 3}, {"i": 1}]`))
	require.Equal(t, "23505", detail(failed(t, err), "sqlstate"))
	require.Equal(t, []string{"0"}, query(t, mine, "SELECT count(*) FROM "+name))
}
