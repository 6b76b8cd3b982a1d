-- The tables of the profile `demo`. Locations are relative to the directory the server is started in.

CREATE EXTERNAL TABLE IF NOT EXISTS airports
STORED AS CSV
LOCATION 'demo/airports.csv'
OPTIONS ('header' 'true');

CREATE EXTERNAL TABLE IF NOT EXISTS flights
STORED AS PARQUET
LOCATION 'demo/flights.parquet';
