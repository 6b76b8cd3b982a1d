package io.skyport.sql.print;

import java.util.List;
import org.apache.calcite.sql.SqlNode;

/** Finds the values that PIVOT makes columns of where the statement does not list them. */
@FunctionalInterface
public interface PivotValues {

    /**
     * The texts that a query finds now, in its order.
     *
     * @param question of one column of texts, without NULL
     * @param source where PIVOT asks
     * @throws io.skyport.error.SkyportException 54000 if there are more than may be columns
     */
    List<String> of(Printer question, SqlNode source);
}
