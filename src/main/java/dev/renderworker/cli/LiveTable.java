package dev.renderworker.cli;

import dev.renderworker.job.JobStatus;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows jobs as they move: on a terminal one line a job, drawn again in place; elsewhere a line
 * whenever a job's status changes.
 */
final class LiveTable {
  /** A line that is longer than the terminal is wide would become two, and the count be wrong. */
  private static final String WRAP_OFF = "\u001b[?7l";

  private static final String WRAP_ON = "\u001b[?7h";
  private static final String CLEAR_LINE = "\u001b[2K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintWriter out;
  private final Style style;
  private final boolean interactive;
  private final Map<String, JobStatus> lastStatus = new HashMap<>();
  private int drawnLines;

  LiveTable(PrintWriter out, Style style, boolean interactive) {
    this.out = out;
    this.style = style;
    this.interactive = interactive;
  }

  /**
   * Shows the jobs as they are now.
   *
   * @param heading shown above them on a terminal only; may be empty
   */
  void show(String heading, List<JobRow> rows) {
    if (interactive) {
      List<String> lines = new ArrayList<>();
      if (!heading.isEmpty()) {
        lines.add(style.heading(heading));
      }
      rows.forEach(row -> lines.add(line(row)));
      redraw(lines);
    } else {
      rows.stream().filter(this::hasMoved).forEach(row -> out.println(line(row)));
    }
    out.flush();
  }

  private void redraw(List<String> lines) {
    out.print(WRAP_OFF);
    if (drawnLines > 0) {
      out.printf("\u001b[%dA", drawnLines);
    }
    lines.forEach(line -> out.println(CLEAR_LINE + line));
    out.print(CLEAR_BELOW + WRAP_ON);
    drawnLines = lines.size();
  }

  private boolean hasMoved(JobRow row) {
    return row.status() != lastStatus.put(row.jobId(), row.status());
  }

  private String line(JobRow row) {
    return "%-24s %-16s %s %s %s %s"
        .formatted(
            Terminal.plain(row.jobId(), 24),
            Terminal.plain(row.composition(), 16),
            Terminal.bar(row.progress()),
            row.percent(),
            style.status("%-9s".formatted(row.shownStatus())),
            Terminal.plain(row.note(), 90))
        .stripTrailing();
  }
}
