package dev.renderworker.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table for people: each column as wide as what it holds, up to its limit. */
final class TextTable {
  private static final String STATUS = "STATUS";

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * A column.
   *
   * @param limit how wide at most
   */
  record Column(String name, int limit) {}

  TextTable(Column... columns) {
    this.columns = List.of(columns);
  }

  /** Adds a row; its cells may hold anything. */
  void row(String... cells) {
    rows.add(
        IntStream.range(0, columns.size())
            .mapToObj(i -> Terminal.plain(cells[i], columns.get(i).limit()))
            .toList());
  }

  void print(PrintWriter out, Style style) {
    out.println(style.heading(line(columns.stream().map(Column::name).toList(), new Style(false))));
    rows.forEach(row -> out.println(line(row, style)));
  }

  private String line(List<String> cells, Style style) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      boolean last = i == columns.size() - 1;
      String cell =
          last ? cells.get(i) : cells.get(i) + " ".repeat(width(i) - cells.get(i).length());
      line.append(columns.get(i).name().equals(STATUS) ? style.status(cell) : cell);
      line.append(last ? "" : "  ");
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    return Math.max(
        columns.get(column).name().length(),
        rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
  }
}
