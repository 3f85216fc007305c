package dev.renderworker.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process has used so far, as Linux accounts for it. */
record ProcessUse(long cpuMillis, long peakKib, long residentKib) {
  /** Linux counts CPU time in hundredths of a second for /proc, whatever its own clock. */
  private static final long MILLIS_PER_TICK = 10;

  private static final int AFTER_NAME_UTIME = 11;

  static ProcessUse of(long pid) throws IOException {
    Path proc = Path.of("/proc", Long.toString(pid));
    String stat = Files.readString(proc.resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks =
        Long.parseLong(fields[AFTER_NAME_UTIME]) + Long.parseLong(fields[AFTER_NAME_UTIME + 1]);
    String status = Files.readString(proc.resolve("status"));
    return new ProcessUse(ticks * MILLIS_PER_TICK, kib(status, "VmHWM"), kib(status, "VmRSS"));
  }

  private static long kib(String status, String name) {
    return status
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
