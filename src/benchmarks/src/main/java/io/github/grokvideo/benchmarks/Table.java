// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows of figures under headings, as text for people. */
final class Table {

    private final List<String[]> rows = new ArrayList<>();

    Table(String... headings) {
        rows.add(headings);
    }

    void add(String name, double... figures) {
        String[] row = new String[figures.length + 1];
        row[0] = name;
        for (int i = 0; i < figures.length; i++) {
            row[i + 1] = Double.isNaN(figures[i]) ? "-" : String.format(Locale.ROOT, "%.2f", figures[i]);
        }
        rows.add(row);
    }

    void print(PrintStream out) {
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.length; column++) {
                int width = width(column);
                line.append(column == 0 ? pad(row[column], width, false) : "  " + pad(row[column], width, true));
            }
            out.println(line);
        }
    }

    private int width(int column) {
        return rows.stream().filter(row -> row.length > column).mapToInt(row -> row[column].length()).max().orElse(0);
    }

    private static String pad(String text, int width, boolean right) {
        String space = " ".repeat(width - text.length());
        return right ? space + text : text + space;
    }
}
