INSERT INTO adbc_alltypes SELECT * FROM adbc_alltypes WHERE bigint_t = 0
