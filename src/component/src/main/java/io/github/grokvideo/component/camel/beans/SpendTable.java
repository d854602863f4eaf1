// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.beans;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes what {@code grokvideo:spend} returns as CSV. Needs commons-csv. Thread-safe. */
public final class SpendTable {

    /**
     * Writes a table: a line with the names of the columns, and a line for each sum. Null is an empty cell. What a spreadsheet would run
     * as a formula, such as a tag that begins with {@code =}, begins with an apostrophe.
     *
     * @param  sums body of a message that {@code grokvideo:spend} has answered
     * @return      the CSV; a sentence if there is nothing to report
     */
    public String csv(List<Map<String, Object>> sums) {
        if (sums.isEmpty()) {
            return "No jobs were submitted in this period.\r\n";
        }
        List<String> names = new ArrayList<>(sums.get(0).keySet());
        StringWriter table = new StringWriter();
        try (CSVPrinter printer = new CSVPrinter(table, CSVFormat.DEFAULT.builder().setHeader(names.toArray(String[]::new)).get())) {
            for (Map<String, Object> sum : sums) {
                printer.printRecord(names.stream().map(name -> cell(sum.get(name))).toList());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return table.toString();
    }

    private static Object cell(Object value) {
        return value instanceof String text && text.matches("(?s)[=+\\-@\t\r].*") ? "'" + text : value;
    }
}
