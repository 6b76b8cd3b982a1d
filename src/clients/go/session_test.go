package clients

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/apache/arrow-adbc/go/adbc"
	"github.com/apache/arrow-adbc/go/adbc/driver/flightsql"
	"github.com/stretchr/testify/require"
)

func manual(t *testing.T) adbc.Connection {
	connection := connection(t)
	setOption(t, connection, adbc.OptionKeyAutoCommit, adbc.OptionValueDisabled)
	return connection
}

func TestCommitAndRollback(t *testing.T) {
	other, mine := connection(t), manual(t)
	name := table(t, other, "i INTEGER PRIMARY KEY")
	update(t, mine, "INSERT INTO "+name+" VALUES (1)")
	require.Equal(t, []string{"1"}, query(t, mine, "SELECT * FROM "+name))
	require.Empty(t, query(t, other, "SELECT * FROM "+name))
	require.NoError(t, mine.Commit(limited(t)))
	require.Equal(t, []string{"1"}, query(t, other, "SELECT * FROM "+name))
	update(t, mine, "DELETE FROM "+name)
	require.NoError(t, mine.Rollback(limited(t)))
	require.Equal(t, []string{"1"}, query(t, mine, "SELECT * FROM "+name))
	update(t, mine, "INSERT INTO "+name+" VALUES (2)")
	setOption(t, mine, adbc.OptionKeyAutoCommit, adbc.OptionValueEnabled)
	require.Equal(t, []string{"1", "2"}, query(t, other, "SELECT * FROM "+name+" ORDER BY i"))
}

func TestPreparedStatementGoesOnAfterCommit(t *testing.T) {
	mine := manual(t)
	name := table(t, connection(t), "i INTEGER")
	insert := statement(t, mine, "INSERT INTO "+name+" VALUES (1)")
	require.NoError(t, insert.Prepare(limited(t)))
	for range 3 {
		_, err := insert.ExecuteUpdate(limited(t))
		require.NoError(t, err)
		require.NoError(t, mine.Commit(limited(t)))
	}
	_, err := insert.ExecuteUpdate(limited(t))
	require.NoError(t, err)
	require.NoError(t, mine.Rollback(limited(t)))
	require.Equal(t, []string{"3"}, query(t, mine, "SELECT count(*) FROM "+name))
}

func TestFailedTransactionWantsARollback(t *testing.T) {
	mine := manual(t)
	name := table(t, connection(t), "i INTEGER PRIMARY KEY")
	update(t, mine, "INSERT INTO "+name+" VALUES (1)")
	_, err := statement(t, mine, "INSERT INTO "+name+" VALUES (1)").ExecuteUpdate(limited(t))
	require.Equal(t, "23505", detail(failed(t, err), "sqlstate"))
	_, err = statement(t, mine, "INSERT INTO "+name+" VALUES (2)").ExecuteUpdate(limited(t))
	require.Equal(t, "25P02", detail(failed(t, err), "sqlstate"))
	require.NoError(t, mine.Rollback(limited(t)))
	require.Empty(t, query(t, mine, "SELECT * FROM "+name))
}

func TestOfTwoWritersOfARowOneIsTold(t *testing.T) {
	first, second := manual(t), manual(t)
	name := table(t, connection(t), "i INTEGER")
	update(t, first, "INSERT INTO "+name+" VALUES (1)")
	require.NoError(t, first.Commit(limited(t)))
	require.NoError(t, second.Rollback(limited(t)))
	update(t, first, "UPDATE "+name+" SET i = 2")
	_, err := statement(t, second, "UPDATE "+name+" SET i = 3").ExecuteUpdate(limited(t))
	require.Equal(t, "40001", detail(failed(t, err), "sqlstate"))
	require.NoError(t, second.Rollback(limited(t)))
	require.NoError(t, first.Commit(limited(t)))
	require.Equal(t, []string{"2"}, query(t, second, "SELECT i FROM "+name))
}

func TestOpenTransactionIsRolledBackWhenTheConnectionCloses(t *testing.T) {
	observer := connection(t)
	name := table(t, observer, "i INTEGER")
	t.Run("closed", func(t *testing.T) { update(t, manual(t), "INSERT INTO "+name+" VALUES (1)") })
	require.Empty(t, query(t, observer, "SELECT * FROM "+name))
}

func TestSessionOptions(t *testing.T) {
	mine, other := connection(t), connection(t)
	execute(t, mine, "CREATE DATABASE IF NOT EXISTS elsewhere", "CREATE SCHEMA IF NOT EXISTS elsewhere.inside")
	setOption(t, mine, adbc.OptionKeyCurrentCatalog, "elsewhere")
	setOption(t, mine, adbc.OptionKeyCurrentDbSchema, "inside")
	require.Equal(t, "elsewhere", option(t, mine, adbc.OptionKeyCurrentCatalog))
	require.Equal(t, "inside", option(t, mine, adbc.OptionKeyCurrentDbSchema))
	require.Equal(t, []string{"elsewhere,inside"}, query(t, mine, "SELECT current_catalog AS c, current_schema AS s"))
	require.Equal(t, "default", option(t, other, adbc.OptionKeyCurrentCatalog))

	setOption(t, mine, flightsql.OptionSessionOptionPrefix+"application_name", "go")
	require.Equal(t, "go", option(t, mine, flightsql.OptionSessionOptionPrefix+"application_name"))
	require.Equal(t, []string{"go"}, query(t, mine, "SHOW application_name"))
	setOption(t, mine, flightsql.OptionBoolSessionOptionPrefix+"read_only", "true")
	require.Equal(t, "true", option(t, mine, flightsql.OptionBoolSessionOptionPrefix+"read_only"))
	_, err := statement(t, mine, "CREATE TABLE elsewhere.main.never (i INTEGER)").ExecuteUpdate(limited(t))
	require.Equal(t, "25006", detail(failed(t, err), "sqlstate"))
	setOption(t, mine, flightsql.OptionEraseSessionOptionPrefix+"application_name", "")

	all := map[string]any{}
	require.NoError(t, json.Unmarshal([]byte(option(t, mine, flightsql.OptionSessionOptions)), &all))
	require.Equal(t, "elsewhere", all["catalog"])
	require.Equal(t, true, all["read_only"])
	require.NotEqual(t, "go", all["application_name"])
}

func TestSessionOptionsThatAreNoneAreRefused(t *testing.T) {
	mine := connection(t).(adbc.PostInitOptions)
	err := mine.SetOption(flightsql.OptionSessionOptionPrefix+"no_such_option", "x")
	require.Equal(t, adbc.StatusInvalidArgument, failed(t, err).Code)
	require.ErrorContains(t, err, "invalid name")
	err = mine.SetOption(adbc.OptionKeyCurrentCatalog, "nowhere")
	require.ErrorContains(t, err, "invalid value")
}

func TestCookiesHoldTheSessionOfAClientWithoutAToken(t *testing.T) {
	options := map[string]string{
		adbc.OptionKeyURI:                   uri(),
		flightsql.OptionAuthorizationHeader: basic(),
		flightsql.OptionCookieMiddleware:    adbc.OptionValueEnabled,
	}
	mine, other := connectionWith(t, options), connectionWith(t, options)
	setOption(t, mine, adbc.OptionKeyCurrentDbSchema, "main")
	update(t, mine, "SET application_name = 'mine'")
	require.Equal(t, []string{"mine"}, query(t, mine, "SHOW application_name"))
	setOption(t, other, adbc.OptionKeyCurrentDbSchema, "main")
	require.NotEqual(t, []string{"mine"}, query(t, other, "SHOW application_name"))
	update(t, mine, "CREATE TEMPORARY TABLE hers (i INTEGER)")
	_, err := statement(t, other, "SELECT * FROM hers").ExecuteUpdate(limited(t))
	require.Equal(t, "42P01", detail(failed(t, err), "sqlstate"))
}

func TestWrongCredentialsAreRefused(t *testing.T) {
	options := credentials()
	options[adbc.OptionKeyPassword] = "wrong"
	_, err := database(t, options).Open(limited(t))
	require.Equal(t, adbc.StatusUnauthenticated, failed(t, err).Code)
}

func TestHeadersOfTheClientsOwnAreLetThrough(t *testing.T) {
	mine := connection(t)
	setOption(t, mine, flightsql.OptionRPCCallHeaderPrefix+"x-anything", strings.Repeat("long ", 4_000))
	require.Equal(t, []string{"1"}, query(t, mine, "SELECT 1"))
}
