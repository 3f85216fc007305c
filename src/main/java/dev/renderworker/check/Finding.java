package dev.renderworker.check;

import static java.util.Objects.requireNonNull;

/** What one check of the worker's surroundings found. */
public sealed interface Finding {

  /** What was looked at, in one or two words. */
  String check();

  /**
   * All is as needed.
   *
   * @param facts what is worth knowing, in one line
   */
  record Passed(String check, String facts) implements Finding {
    /** Rejects null. */
    public Passed {
      requireNonNull(check, "check");
      requireNonNull(facts, "facts");
    }
  }

  /**
   * The worker can work, and will have trouble at times.
   *
   * @param problem what is wrong, in one line
   * @param remedy what to do about it; commands are on lines of their own
   */
  record Weak(String check, String problem, String remedy) implements Finding {
    /** Rejects null. */
    public Weak {
      requireNonNull(check, "check");
      requireNonNull(problem, "problem");
      requireNonNull(remedy, "remedy");
    }
  }

  /**
   * The worker can't work.
   *
   * @param problem what is wrong, in one line
   * @param remedy what to do about it; commands are on lines of their own
   */
  record Broken(String check, String problem, String remedy) implements Finding {
    /** Rejects null. */
    public Broken {
      requireNonNull(check, "check");
      requireNonNull(problem, "problem");
      requireNonNull(remedy, "remedy");
    }

    /** Problem and remedy, one below the other. */
    public String advice() {
      return problem + System.lineSeparator() + remedy;
    }
  }

  /**
   * Nothing was looked at.
   *
   * @param reason why not, in one line
   */
  record Skipped(String check, String reason) implements Finding {
    /** Rejects null. */
    public Skipped {
      requireNonNull(check, "check");
      requireNonNull(reason, "reason");
    }
  }
}
