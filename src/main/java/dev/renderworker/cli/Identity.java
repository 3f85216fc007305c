package dev.renderworker.cli;

import dev.renderworker.job.WorkerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Names this process. */
final class Identity {
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  /** Host name, process id, and a random part, for process ids come again. */
  WorkerId next() {
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    return new WorkerId(hostName() + "-" + ProcessHandle.current().pid() + "-" + random);
  }

  private static String hostName() {
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException _) {
      return "host";
    }
  }
}
