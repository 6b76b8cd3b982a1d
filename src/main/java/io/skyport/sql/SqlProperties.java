package io.skyport.sql;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The compiler's limits.
 *
 * @param planCacheSize statements kept compiled, and as many labels of columns; the least useful goes first; default 1000; 0:
 *     none
 * @param maxStatementLength the longest statement that is read, in bytes of UTF-8; default 16MB
 * @param maxPivotValues most values that PIVOT finds itself, and makes columns of; beyond, it fails with 54000; default 1000
 * @param maxPlanDepth the deepest Substrait plan that is read, in messages within each other; default 500
 */
@ConfigurationProperties("skyport.sql")
@Validated
public record SqlProperties(
        @Min(0) @Max(1_000_000) @DefaultValue("1000") int planCacheSize,
        @NotNull @DefaultValue("16MB") DataSize maxStatementLength,
        @Min(1) @Max(100_000) @DefaultValue("1000") int maxPivotValues,
        @Min(10) @Max(100_000) @DefaultValue("500") int maxPlanDepth) {

    /** {@link #maxStatementLength()} in bytes, for classes that do without Spring. */
    long maxStatementBytes() {
        return maxStatementLength.toBytes();
    }

    /** What applies when nothing is configured. */
    public static SqlProperties defaults() {
        return new SqlProperties(1000, DataSize.ofMegabytes(16), 1000, 500);
    }
}
