package dev.renderworker.local.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a Java process holds.
 *
 * @param heapKib live objects, after a full collection
 * @param residentKib its memory as Linux counts it
 */
record Memory(long heapKib, long residentKib) {
  /** Of the serial collector's generations: {@code DefNew total 9792K, used 12K}. */
  private static final Pattern USED =
      Pattern.compile("(?i)(?:generation|DefNew|Tenured) .*used (\\d+)K");

  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  static Memory of(long pid) {
    try {
      ask(pid, "GC.run");
      long heap = sum(USED, ask(pid, "GC.heap_info"));
      String status = Files.readString(Path.of("/proc", Long.toString(pid), "status"));
      return new Memory(heap, sum(RESIDENT, status));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String ask(long pid, String command) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static long sum(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(MatchResult::group).mapToLong(Memory::number).sum();
  }

  private static long number(String match) {
    return Long.parseLong(match.replaceAll("^.*\\D(\\d+)( kB|K)$", "$1"));
  }

  @Override
  public String toString() {
    return "heap %.1f MiB, resident %.1f MiB".formatted(heapKib / 1024.0, residentKib / 1024.0);
  }
}
