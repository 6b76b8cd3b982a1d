package io.skyport.session;

import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.Database;
import io.skyport.catalog.Schema;
import io.skyport.engine.Engine;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.SessionChange;
import io.skyport.sql.SqlContext;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A session's options by the names that protocols know: {@code catalog} and {@code schema} (what USE says), {@code compression}, all that SET
 * knows, and those of {@code skyport.session.client-options}, which are kept and given back. Thread-safe.
 */
public final class NamedOptions {

    /** The database where unqualified names are looked up. */
    public static final String CATALOG = "catalog";

    /** The schema of {@link #CATALOG} where they are looked up first. */
    public static final String SCHEMA = "schema";

    /** How results are compressed: none, lz4 or zstd; nothing for the call's choice. */
    public static final String COMPRESSION = "compression";

    private static final Set<String> COMPRESSIONS = Set.of("none", "lz4", "zstd");

    private final Session session;
    private final Map<String, ClientOption> known;
    private final long maxBytes;
    private final Map<String, OptionValue> kept = new ConcurrentHashMap<>();

    /**
     * @param known those that are only kept
     * @param maxBytes UTF-16 bytes of the longest value of those
     */
    NamedOptions(Session session, Map<String, ClientOption> known, long maxBytes) {
        this.session = session;
        this.known = known;
        this.maxBytes = maxBytes;
    }

    /**
     * Sets one.
     *
     * @param value null for what a new session has
     * @throws SkyportException 42704 if there is no such option; 22023, 3D000 or 3F000 if it cannot have the value
     */
    public void set(String name, @Nullable OptionValue value) {
        ClientOption client = known.get(name);
        if (client != null) {
            keep(name, client, value);
            return;
        }
        switch (name) {
            case CATALOG -> use(value == null ? Engine.DEFAULT_DATABASE : text(value), Engine.DEFAULT_SCHEMA);
            case SCHEMA -> use(session.context().database(), value == null ? Engine.DEFAULT_SCHEMA : text(value));
            case COMPRESSION -> compress(value);
            default -> session.set(name, value == null ? null : text(value));
        }
    }

    private void keep(String name, ClientOption type, @Nullable OptionValue value) {
        if (value != null && (!type.accepts(value) || (long) value.text().length() * Character.BYTES > maxBytes)) {
            throw new SkyportException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Not a value of option \"" + name + "\", which is of type " + type
                            + " and at most skyport.session.max-client-option-bytes long");
        }
        session.keepsState();
        if (value == null) {
            kept.remove(name);
        } else {
            kept.put(name, value);
        }
    }

    private void compress(@Nullable OptionValue value) {
        if (value == null) {
            kept.remove(COMPRESSION);
            return;
        }
        String name = text(value).toLowerCase(Locale.ROOT);
        if (!COMPRESSIONS.contains(name)) {
            throw new SkyportException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "compression is none, lz4 or zstd, not '" + name + "'");
        }
        session.keepsState();
        kept.put(COMPRESSION, new OptionValue.Text(name));
    }

    /** {@link #COMPRESSION}, if it was set. */
    public Optional<String> compression() {
        return Optional.ofNullable(kept.get(COMPRESSION)).map(OptionValue::text);
    }

    private static String text(OptionValue value) {
        if (value instanceof OptionValue.Texts) {
            throw new SkyportException(ErrorCode.INVALID_PARAMETER_VALUE, "The option takes one value, not a list");
        }
        return value.text();
    }

    private void use(String database, String schema) {
        CatalogSnapshot catalog = session.catalog();
        Database found = catalog.database(database)
                .orElseThrow(() -> new SkyportException(
                        ErrorCode.INVALID_CATALOG_NAME, "database \"" + database + "\" does not exist"));
        Schema place = catalog.schema(found.name(), schema)
                .orElseThrow(() -> new SkyportException(
                        ErrorCode.INVALID_SCHEMA_NAME, "schema \"" + schema + "\" does not exist"));
        session.use(new SessionChange.Use(place.database(), place.name()));
    }

    /** All with their values, by name. */
    public Map<String, OptionValue> all() {
        Map<String, OptionValue> all = values(session.context(), session.options());
        all.putAll(kept);
        return all;
    }

    /** Those of a session that set none. */
    static Map<String, OptionValue> values(SqlContext context, SessionOptions options) {
        Map<String, OptionValue> values = new LinkedHashMap<>();
        values.put(CATALOG, new OptionValue.Text(context.database()));
        values.put(SCHEMA, new OptionValue.Text(context.schema()));
        values.put("auto_commit", new OptionValue.Flag(options.autoCommit()));
        values.put("isolation_level", new OptionValue.Text(options.isolation().sql()));
        values.put("read_only", new OptionValue.Flag(options.readOnly()));
        values.put("query_timeout", seconds(options));
        values.put("fetch_size", new OptionValue.Whole(options.fetchSize()));
        values.put("max_endpoints", new OptionValue.Whole(options.maxEndpoints()));
        values.put("time_zone", new OptionValue.Text("UTC"));
        context.settings().forEach((name, value) -> values.put(name, new OptionValue.Text(value)));
        return values;
    }

    private static OptionValue seconds(SessionOptions options) {
        boolean whole = options.seconds().scale() <= 0;
        return whole
                ? new OptionValue.Whole(options.seconds().longValueExact())
                : new OptionValue.Real(options.seconds().doubleValue());
    }
}
