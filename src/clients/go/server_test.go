// Package clients drives a running Skyport with Go's ADBC driver. src/clients/run starts the server and says where it is.
package clients

import (
	"context"
	"encoding/base64"
	"fmt"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-adbc/go/adbc"
	"github.com/apache/arrow-adbc/go/adbc/driver/flightsql"
	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/stretchr/testify/require"
)

func environment(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}

func uri() string {
	return "grpc+tcp://" + net.JoinHostPort(environment("SKYPORT_HOST", "127.0.0.1"), environment("SKYPORT_FLIGHT_PORT", "50051"))
}

func user() string     { return environment("SKYPORT_USER", "demo") }
func password() string { return environment("SKYPORT_PASSWORD", "demo") }

func basic() string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(user()+":"+password()))
}

func credentials() map[string]string {
	return map[string]string{
		adbc.OptionKeyURI:      uri(),
		adbc.OptionKeyUsername: user(),
		adbc.OptionKeyPassword: password(),
	}
}

// allocator is at zero again when the test has ended.
func allocator(t *testing.T) memory.Allocator {
	checked := memory.NewCheckedAllocator(memory.DefaultAllocator)
	t.Cleanup(func() { checked.AssertSize(t, 0) })
	return checked
}

func database(t *testing.T, options map[string]string) adbc.Database {
	database, err := flightsql.NewDriver(allocator(t)).NewDatabase(options)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, database.Close()) })
	return database
}

// connection is the test's own, with a token and so a session of its own.
func connection(t *testing.T) adbc.Connection { return connectionWith(t, credentials()) }

func connectionWith(t *testing.T, options map[string]string) adbc.Connection {
	connection, err := database(t, options).Open(limited(t))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, connection.Close()) })
	return connection
}

func statement(t *testing.T, connection adbc.Connection, sql string) adbc.Statement {
	statement, err := connection.NewStatement()
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, statement.Close()) })
	if sql != "" {
		require.NoError(t, statement.SetSqlQuery(sql))
	}
	return statement
}

// limited ends what hangs.
func limited(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func update(t *testing.T, connection adbc.Connection, sql string) int64 {
	count, err := statement(t, connection, sql).ExecuteUpdate(limited(t))
	require.NoError(t, err, sql)
	return count
}

// table makes a table that is this test's own and gives its name.
func table(t *testing.T, connection adbc.Connection, columns string) string {
	name := "main.go_" + strings.ToLower(strings.NewReplacer("/", "_").Replace(t.Name()))
	update(t, connection, "DROP TABLE IF EXISTS "+name)
	update(t, connection, fmt.Sprintf("CREATE TABLE %s (%s)", name, columns))
	return name
}

func execute(t *testing.T, connection adbc.Connection, statements ...string) {
	for _, sql := range statements {
		update(t, connection, sql)
	}
}

func query(t *testing.T, connection adbc.Connection, sql string) []string {
	reader, _, err := statement(t, connection, sql).ExecuteQuery(limited(t))
	require.NoError(t, err, sql)
	return texts(t, reader)
}

// texts are the rows of a result, their values as text with commas between.
func texts(t *testing.T, reader array.RecordReader) []string {
	defer reader.Release()
	rows := []string{}
	for reader.Next() {
		batch := reader.RecordBatch()
		for i := range int(batch.NumRows()) {
			values := make([]string, batch.NumCols())
			for c, column := range batch.Columns() {
				values[c] = column.ValueStr(i)
			}
			rows = append(rows, strings.Join(values, ","))
		}
	}
	require.NoError(t, reader.Err())
	return rows
}

func failed(t *testing.T, err error) adbc.Error {
	var failure adbc.Error
	require.ErrorAs(t, err, &failure)
	return failure
}

func detail(failure adbc.Error, key string) string {
	for _, detail := range failure.Details {
		if content, err := detail.Serialize(); detail.Key() == key && err == nil {
			return string(content)
		}
	}
	return ""
}

func fields(pairs ...any) *arrow.Schema {
	fields := []arrow.Field{}
	for i := 0; i < len(pairs); i += 2 {
		fields = append(fields, arrow.Field{Name: pairs[i].(string), Type: pairs[i+1].(arrow.DataType), Nullable: true})
	}
	return arrow.NewSchema(fields, nil)
}

// batch is of the Go runtime's memory: statements hold on to what was bound to them.
func batch(t *testing.T, schema *arrow.Schema, json string) arrow.RecordBatch {
	batch, _, err := array.RecordFromJSON(memory.DefaultAllocator, schema, strings.NewReader(json))
	require.NoError(t, err)
	t.Cleanup(batch.Release)
	return batch
}

func setOption(t *testing.T, target any, key, value string) {
	require.NoError(t, target.(adbc.PostInitOptions).SetOption(key, value))
}

func option(t *testing.T, target any, key string) string {
	value, err := target.(adbc.GetSetOptions).GetOption(key)
	require.NoError(t, err)
	return value
}
