package io.skyport.sql;

import io.skyport.catalog.ObjectName;
import io.skyport.engine.Engine;
import io.skyport.error.SkyportException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement that was read, checked against the catalog and put into the engine's SQL. Immutable and shared by all
 * sessions through the plan cache.
 *
 * @param text the client's text
 * @param kind what running it does
 * @param engineSql one statement for the engine with parameters printed as {@code $n}; empty for {@link StatementKind#SESSION}
 * @param parameters in order of their index, without gaps
 * @param columns the result's columns; empty for DML without RETURNING, DDL and SESSION but FETCH, whose columns the session knows
 * @param reads tables and views read
 * @param writes tables and views written, created, altered or dropped
 * @param isVolatile whether two runs may differ on the same data (random, nextval, ...)
 * @param streamedInsert how to run an INSERT ... VALUES for many parameter rows at once, or null
 * @param change what a SESSION statement changes, or null
 * @param sourceMap finds positions of the engine SQL in {@code text}
 * @param preparation what must happen before the engine SQL runs, or null
 * @param companions what the engine runs together with the engine SQL, all or nothing
 * @param keys what it does to foreign keys of the engine
 * @param asked what of the session's it depends on besides where names are looked up
 * @param command what kind of statement it is
 */
public record CompiledStatement(
        String text,
        StatementKind kind,
        String engineSql,
        List<StatementParameter> parameters,
        List<ResultColumn> columns,
        Set<ObjectName> reads,
        Set<ObjectName> writes,
        boolean isVolatile,
        @Nullable StreamedInsert streamedInsert,
        @Nullable SessionChange change,
        SourceMap sourceMap,
        @Nullable Preparation preparation,
        Companions companions,
        KeyUse keys,
        Asked asked,
        Command command) {

    /** A query that needs no preparation and no companions. */
    public CompiledStatement(
            String text,
            StatementKind kind,
            String engineSql,
            List<StatementParameter> parameters,
            List<ResultColumn> columns,
            Set<ObjectName> reads,
            Set<ObjectName> writes,
            boolean isVolatile,
            @Nullable StreamedInsert streamedInsert,
            @Nullable SessionChange change,
            SourceMap sourceMap) {
        this(
                text,
                kind,
                engineSql,
                parameters,
                columns,
                reads,
                writes,
                isVolatile,
                streamedInsert,
                change,
                sourceMap,
                null,
                Companions.NONE,
                KeyUse.NONE,
                Asked.NOTHING,
                Command.SELECT);
    }

    public CompiledStatement {
        parameters = List.copyOf(parameters);
        columns = List.copyOf(columns);
        reads = Set.copyOf(reads);
        writes = Set.copyOf(writes);
    }

    public Optional<SessionChange> sessionChange() {
        return Optional.ofNullable(change);
    }

    public Optional<StreamedInsert> streamed() {
        return Optional.ofNullable(streamedInsert);
    }

    public Optional<Preparation> prepared() {
        return Optional.ofNullable(preparation);
    }

    /** Whether it makes, changes or drops what belongs to one session. */
    public boolean temporary() {
        return writes.stream().anyMatch(name -> name.database().equals(Engine.TEMPORARY_DATABASE));
    }

    /** Whether it has to do with what belongs to one session. */
    public boolean usesTemporary() {
        return temporary() || reads.stream().anyMatch(name -> name.database().equals(Engine.TEMPORARY_DATABASE));
    }

    /** Whether it changes nothing that others see. */
    public boolean onlyTemporary() {
        return !writes.isEmpty()
                && writes.stream().allMatch(name -> name.database().equals(Engine.TEMPORARY_DATABASE));
    }

    /** Whether running it gives rows. */
    public boolean returnsRows() {
        return !columns.isEmpty();
    }

    /** The statement to run for {@code values}: one whose result has the announced columns whatever their types. */
    public CompiledStatement forValues(List<? extends @Nullable Object> values) {
        return new BoundValues(this, values).fitted();
    }

    /** The statement to run for a user, if its rows depend on who runs it. */
    public CompiledStatement seenBy(String user) {
        if (!asked.viewer()) {
            return this;
        }
        Viewer viewer = new Viewer(user);
        return with(
                viewer.in(engineSql),
                columns,
                viewer.moved(sourceMap, engineSql),
                streamedInsert == null ? null : streamedInsert.with(viewer::in),
                viewer.in(companions));
    }

    CompiledStatement running(String sql, SourceMap map) {
        return with(sql, columns, map, streamedInsert, companions);
    }

    /** The statement with the columns of what it names in the session: FETCH has those of its cursor. */
    public CompiledStatement announcing(List<ResultColumn> others) {
        return with(engineSql, others, sourceMap, streamedInsert, companions);
    }

    private CompiledStatement with(
            String sql,
            List<ResultColumn> announced,
            SourceMap map,
            @Nullable StreamedInsert streamed,
            Companions others) {
        return new CompiledStatement(
                text,
                kind,
                sql,
                parameters,
                announced,
                reads,
                writes,
                isVolatile,
                streamed,
                change,
                map,
                preparation,
                others,
                keys,
                asked,
                command);
    }

    /** The failure with its position moved from the engine SQL to the client's text, where the source map knows it. */
    public SkyportException located(SkyportException engineFailure) {
        return sourceMap.located(engineFailure, engineSql, text);
    }
}
