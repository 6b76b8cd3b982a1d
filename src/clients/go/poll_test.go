package clients

import (
	"testing"

	"github.com/apache/arrow-adbc/go/adbc"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/encoding/protowire"
)

// partitions are those of an incremental execution, until it gives no more, and how many calls gave some.
func partitions(t *testing.T, incremental adbc.Statement) (found [][]byte, calls int) {
	for {
		_, more, _, err := incremental.ExecutePartitions(limited(t))
		require.NoError(t, err)
		if more.NumPartitions == 0 {
			return found, calls
		}
		found = append(found, more.PartitionIDs...)
		calls++
	}
}

// rowsOf reads partitions over a connection of another's.
func rowsOf(t *testing.T, partitions [][]byte) (rows int64) {
	other := connection(t)
	for _, partition := range partitions {
		reader, err := other.ReadPartition(limited(t), partition)
		require.NoError(t, err)
		for reader.Next() {
			rows += reader.RecordBatch().NumRows()
		}
		require.NoError(t, reader.Err())
		reader.Release()
	}
	return rows
}

func TestIncrementalExecutionGivesPartitionsUntilThereAreNoMore(t *testing.T) {
	incremental := statement(t, connection(t), "SELECT i, hash(i) AS h FROM range(3000000) AS t(i)")
	setOption(t, incremental, adbc.OptionKeyIncremental, adbc.OptionValueEnabled)
	for range 2 {
		found, _ := partitions(t, incremental)
		require.EqualValues(t, 3_000_000, rowsOf(t, found))
	}
}

func TestIncrementalExecutionGivesPartsOfTheRowsBeforeAllAreThere(t *testing.T) {
	conn := connection(t)
	setOption(t, conn, "adbc.flight.sql.session.option.max_endpoints", "8")
	incremental := statement(t, conn, "SELECT i, hash(i) AS h FROM range(20000000) AS t(i)")
	setOption(t, incremental, adbc.OptionKeyIncremental, adbc.OptionValueEnabled)
	found, calls := partitions(t, incremental)
	require.Len(t, found, 8)
	require.Greater(t, calls, 1)
	require.EqualValues(t, 20_000_000, rowsOf(t, found))
	progress, err := incremental.(adbc.GetSetOptions).GetOptionDouble(adbc.OptionKeyProgress)
	require.NoError(t, err)
	require.InDelta(t, 1, progress, 1)
}

func TestIncrementalExecutionTellsWhatFails(t *testing.T) {
	incremental := statement(t, connection(t), "SELECT CAST('x' || i AS INTEGER) FROM range(1000) AS t(i)")
	setOption(t, incremental, adbc.OptionKeyIncremental, adbc.OptionValueEnabled)
	_, _, _, err := incremental.ExecutePartitions(limited(t))
	failure := failed(t, err)
	require.Equal(t, adbc.StatusInvalidArgument, failure.Code)
	require.Equal(t, "22P02", detail(failure, "sqlstate"))
}

func message(number protowire.Number, parts ...[]byte) []byte {
	content := []byte{}
	for _, part := range parts {
		content = append(content, part...)
	}
	return protowire.AppendBytes(protowire.AppendTag(nil, number, protowire.BytesType), content)
}

// plan reads a table of one INTEGER column called n.
func plan(schema, table, column string) []byte {
	nullable := []byte{2 << 3, 1}
	base := message(2, message(1, []byte("n")), message(2, message(1, message(5, nullable))))
	read := message(1, base, message(7, message(1, []byte(schema)), message(1, []byte(table))))
	return message(3, message(2, message(1, read), message(2, []byte(column))))
}

func TestSubstraitPlan(t *testing.T) {
	conn := connection(t)
	table := table(t, conn, "n INTEGER")
	execute(t, conn, "INSERT INTO "+table+" VALUES (1), (2), (NULL)")
	plan := plan("main", table[len("main."):], "number")

	adhoc := statement(t, conn, "")
	require.NoError(t, adhoc.SetSubstraitPlan(plan))
	setOption(t, adhoc, "adbc.flight.sql.substrait.version", "0.85.0")
	schema, err := adhoc.(adbc.StatementExecuteSchema).ExecuteSchema(limited(t))
	require.NoError(t, err)
	require.Equal(t, "number", schema.Field(0).Name)
	reader, _, err := adhoc.ExecuteQuery(limited(t))
	require.NoError(t, err)
	require.ElementsMatch(t, []string{"1", "2", "(null)"}, texts(t, reader))

	prepared := statement(t, conn, "")
	require.NoError(t, prepared.SetSubstraitPlan(plan))
	require.NoError(t, prepared.Prepare(limited(t)))
	for range 2 {
		reader, _, err = prepared.ExecuteQuery(limited(t))
		require.NoError(t, err)
		require.Len(t, texts(t, reader), 3)
	}

	incremental := statement(t, conn, "")
	require.NoError(t, incremental.SetSubstraitPlan(plan))
	setOption(t, incremental, adbc.OptionKeyIncremental, adbc.OptionValueEnabled)
	found, _ := partitions(t, incremental)
	require.EqualValues(t, 3, rowsOf(t, found))
}

func TestBytesThatAreNoPlanAreRefused(t *testing.T) {
	garbage := statement(t, connection(t), "")
	require.NoError(t, garbage.SetSubstraitPlan([]byte("SELECT 1")))
	_, _, err := garbage.ExecuteQuery(limited(t))
	failure := failed(t, err)
	require.Equal(t, adbc.StatusInvalidArgument, failure.Code)
	require.Equal(t, "08P01", detail(failure, "sqlstate"))
}
