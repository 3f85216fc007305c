package dev.renderworker.cli;

import dev.renderworker.operations.DeadJob;
import java.io.PrintWriter;
import java.util.List;

/** Shows dead letters as a table, or as JSON. */
final class LetterTable {
  private LetterTable() {}

  static void show(List<DeadJob> letters, PrintWriter out, Style style, boolean json) {
    if (json) {
      printJson(letters, out);
    } else {
      table(letters).print(out, style);
      out.flush();
    }
  }

  static void printJson(List<DeadJob> letters, PrintWriter out) {
    letters.forEach(dead -> out.println(Json.line(dead.attributes())));
    out.flush();
  }

  private static TextTable table(List<DeadJob> letters) {
    var table =
        new TextTable(
            new TextTable.Column("JOB", 128),
            new TextTable.Column("CODE", 24),
            new TextTable.Column("ATTEMPTS", 8),
            new TextTable.Column("FAILED AT", 24),
            new TextTable.Column("ERROR", 120));
    for (DeadJob dead : letters) {
      table.row(
          dead.jobId().value(),
          text(dead, "errorCode"),
          text(dead, "attempts"),
          dead.letter().text("failedAt").orElseGet(() -> dead.letter().sentAt().toString()),
          text(dead, "errorMessage"));
    }
    return table;
  }

  /** Nothing where SQS itself moved the message. */
  private static String text(DeadJob dead, String attribute) {
    return dead.letter().text(attribute).orElse("-");
  }
}
