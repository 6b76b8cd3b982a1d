// The two Flight SQL clients that npm has, in so far as they speak Flight SQL.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import gizmodata from "@gizmodata/gizmosql-client";
import { Client } from "@lancedb/arrow-flight-sql-client";

const host = process.env.SKYPORT_HOST ?? "127.0.0.1";
const port = Number(process.env.SKYPORT_FLIGHT_PORT ?? 50051);
const username = process.env.SKYPORT_USER ?? "demo";
const password = process.env.SKYPORT_PASSWORD ?? "demo";

describe("@lancedb/arrow-flight-sql-client", () => {
  let client;
  before(async () => {
    client = await Client.connect({ host: `${host}:${port}`, username, password, insecure: true });
  });

  const rows = async (sql) => (await client.query(sql)).collectToObjects();

  test("a query gives its rows", async () => {
    const found = await rows("SELECT a, b FROM (VALUES (2, 'two'), (1, NULL)) AS t(a, b) ORDER BY a");
    assert.deepEqual(found.map((row) => ({ ...row })), [{ a: 1, b: null }, { a: 2, b: "two" }]);
  });

  test("a large result arrives whole", async () => {
    const result = await client.query("SELECT i FROM range(300000) AS t(i)");
    let sum = 0n;
    let batches = 0;
    for (const batch of await result.collectToArrow()) {
      batches++;
      for (const row of batch) sum += row.i;
    }
    assert.equal(sum, 44_999_850_000n);
    assert.ok(batches > 1);
  });

  test("a failure says where", async () => {
    await assert.rejects(rows("SELECT *\nFROM nowhere"), /line 2, column 6.*\[42P01\]/);
  });

  test("wrong credentials are refused", async () => {
    const wrong = { host: `${host}:${port}`, username, password: "wrong", insecure: true };
    await assert.rejects(Client.connect(wrong).then((refused) => refused.query("SELECT 1")), /28P01|28000/);
  });
});

describe("@gizmodata/gizmosql-client", () => {
  let client;
  before(async () => {
    client = new gizmodata.FlightSQLClient({ host, port, plaintext: true, username, password });
    await client.connect();
  });
  after(() => client.close());

  test("a query gives an Arrow table", async () => {
    const table = await client.execute("SELECT i, 'x' || i AS s, CAST(i AS DOUBLE) / 2 AS d FROM range(3) AS t(i)");
    assert.equal(table.schema.names.join(), "i,s,d");
    assert.deepEqual(table.toArray().map((row) => row.toJSON()), [
      { i: 0n, s: "x0", d: 0 },
      { i: 1n, s: "x1", d: 0.5 },
      { i: 2n, s: "x2", d: 1 },
    ]);
  });

  test("updates run once", async () => {
    await client.execute("CREATE OR REPLACE TABLE main.npm (i INTEGER)");
    await client.execute("INSERT INTO main.npm VALUES (1), (2)");
    const [row] = (await client.execute("SELECT count(*) AS n FROM main.npm")).toArray();
    assert.equal(row.n, 2n);
  });

  test("catalogs, schemas and tables are listed", async () => {
    await client.execute("CREATE OR REPLACE VIEW main.npm_view AS SELECT 1 AS i");
    assert.ok((await client.getCatalogs()).includes("default"));
    assert.ok((await client.getSchemas("default")).some(({ schema }) => schema === "main"));
    assert.deepEqual(await client.getTables("default", "main", "npm\\_%", ["VIEW"]), [
      { catalog: "default", schema: "main", tableName: "npm_view", tableType: "VIEW" },
    ]);
    assert.ok((await client.getTableTypes()).includes("TABLE"));
  });

  test("SqlInfo is read, some of it and all", async () => {
    assert.equal((await client.getSqlInfo([0])).get(0), "Skyport");
    const all = await client.getSqlInfo();
    assert.ok(all.size > 80);
    assert.equal(all.get(8), 2);
  });

  test("actions are listed", async () => {
    const actions = (await client.listActions()).map((action) => action.getType());
    assert.ok(actions.includes("CreatePreparedStatement"));
  });

  test("a failure says where", async () => {
    await assert.rejects(client.execute("SELEC 1"), /line 1, column 1.*\[42601\]/);
  });
});
