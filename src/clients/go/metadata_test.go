package clients

import (
	"encoding/json"
	"testing"

	"github.com/apache/arrow-adbc/go/adbc"
	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/stretchr/testify/require"
)

type column struct {
	Name     string `json:"column_name"`
	Position int    `json:"ordinal_position"`
	Type     string `json:"xdbc_type_name"`
}

type objects struct {
	Catalog string `json:"catalog_name"`
	Schemas []struct {
		Name   string `json:"db_schema_name"`
		Tables []struct {
			Name    string   `json:"table_name"`
			Type    string   `json:"table_type"`
			Columns []column `json:"table_columns"`
		} `json:"db_schema_tables"`
	} `json:"catalog_db_schemas"`
}

func find(t *testing.T, connection adbc.Connection, depth adbc.ObjectDepth, schema, table, column string, types ...string) objects {
	pattern := func(text string) *string {
		if text == "" {
			return nil
		}
		return &text
	}
	catalog := "default"
	reader, err := connection.GetObjects(limited(t), depth, &catalog, pattern(schema), pattern(table), pattern(column), types)
	require.NoError(t, err)
	defer reader.Release()
	require.True(t, reader.Next())
	text, err := reader.RecordBatch().MarshalJSON()
	require.NoError(t, err)
	found := []objects{}
	require.NoError(t, json.Unmarshal(text, &found))
	require.Len(t, found, 1)
	return found[0]
}

func TestObjectsOfEachDepth(t *testing.T) {
	connection := connection(t)
	execute(t, connection,
		"CREATE SCHEMA IF NOT EXISTS go_metadata",
		"CREATE OR REPLACE TABLE go_metadata.a_b (i BIGINT NOT NULL, d DECIMAL(12, 3), s VARCHAR)",
		"CREATE OR REPLACE TABLE go_metadata.axb (other INTEGER)",
		"CREATE OR REPLACE VIEW go_metadata.seen AS SELECT i FROM go_metadata.a_b")
	require.Nil(t, find(t, connection, adbc.ObjectDepthCatalogs, "", "", "").Schemas)
	schemas := find(t, connection, adbc.ObjectDepthDBSchemas, "go\\_meta%", "", "").Schemas
	require.Len(t, schemas, 1)
	require.Nil(t, schemas[0].Tables)
	tables := find(t, connection, adbc.ObjectDepthTables, "go_metadata", "", "").Schemas[0].Tables
	require.Len(t, tables, 3)
	require.Equal(t, "TABLE", tables[0].Type)
	require.Nil(t, tables[0].Columns)
	views := find(t, connection, adbc.ObjectDepthTables, "go_metadata", "", "", "VIEW").Schemas[0].Tables
	require.Len(t, views, 1)
	require.Equal(t, "seen", views[0].Name)
	exact := find(t, connection, adbc.ObjectDepthColumns, "go_metadata", "a\\_b", "").Schemas[0].Tables
	require.Len(t, exact, 1)
	require.Equal(t, []column{{"i", 1, "BIGINT"}, {"d", 2, "DECIMAL"}, {"s", 3, "VARCHAR"}}, exact[0].Columns)
	some := find(t, connection, adbc.ObjectDepthColumns, "go_metadata", "a\\_b", "d%").Schemas[0].Tables[0].Columns
	require.Equal(t, []column{{"d", 2, "DECIMAL"}}, some)
}

func TestTableSchema(t *testing.T) {
	connection := connection(t)
	execute(t, connection, `CREATE OR REPLACE TABLE "go under_score" (i BIGINT NOT NULL, "Mixed Case" DECIMAL(12, 3))`,
		`CREATE OR REPLACE TABLE "go underxscore" (wrong INTEGER)`)
	schema, err := connection.GetTableSchema(limited(t), nil, nil, "go under_score")
	require.NoError(t, err)
	require.Equal(t, []string{"i", "Mixed Case"}, []string{schema.Field(0).Name, schema.Field(1).Name})
	require.False(t, schema.Field(0).Nullable)
	require.True(t, arrow.TypeEqual(&arrow.Decimal128Type{Precision: 12, Scale: 3}, schema.Field(1).Type))
	_, err = connection.GetTableSchema(limited(t), nil, nil, "no such table")
	require.Equal(t, adbc.StatusNotFound, failed(t, err).Code)
}

func TestTableTypes(t *testing.T) {
	reader, err := connection(t).GetTableTypes(limited(t))
	require.NoError(t, err)
	require.Subset(t, texts(t, reader), []string{"TABLE", "VIEW"})
}

// The driver asks no server for statistics.
func TestStatisticsAreNotOfTheDriver(t *testing.T) {
	statistics, has := connection(t).(adbc.ConnectionGetStatistics)
	if !has {
		return
	}
	var reader array.RecordReader
	reader, err := statistics.GetStatistics(limited(t), nil, nil, nil, true)
	require.Nil(t, reader)
	require.Equal(t, adbc.StatusNotImplemented, failed(t, err).Code)
}
