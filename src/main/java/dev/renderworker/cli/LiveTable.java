package dev.renderworker.cli;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows jobs as they move: on a terminal one line a job, drawn again in place; elsewhere a line
 * whenever a job's status changes.
 */
final class LiveTable {
  private static final String CLEAR_LINE = "\u001b[2K";

  private final PrintWriter out;
  private final boolean interactive;
  private final Map<String, String> lastStatus = new HashMap<>();
  private int drawnLines;

  LiveTable(PrintWriter out, boolean interactive) {
    this.out = out;
    this.interactive = interactive;
  }

  /** Shows the jobs as they are now. */
  void show(List<JobRow> rows) {
    if (interactive) {
      redraw(rows);
    } else {
      rows.stream().filter(this::hasMoved).forEach(row -> out.println(line(row)));
    }
    out.flush();
  }

  private void redraw(List<JobRow> rows) {
    if (drawnLines > 0) {
      out.printf("\u001b[%dA", drawnLines);
    }
    rows.forEach(row -> out.println(CLEAR_LINE + line(row)));
    drawnLines = rows.size();
  }

  private boolean hasMoved(JobRow row) {
    return !row.status().equals(lastStatus.put(row.jobId(), row.status()));
  }

  private static String line(JobRow row) {
    return "%-24s %-16s %s %3.0f %% %-9s %s"
        .formatted(
            Terminal.plain(row.jobId(), 24),
            Terminal.plain(row.composition(), 16),
            Terminal.bar(row.progress()),
            Math.floor(row.progress() * 100),
            row.status(),
            Terminal.plain(row.note(), 90));
  }
}
