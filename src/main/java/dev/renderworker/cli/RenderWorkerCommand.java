package dev.renderworker.cli;

import dev.renderworker.job.JobId;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The command that holds the others. */
@Command(
    name = "render-worker",
    mixinStandardHelpOptions = true,
    versionProvider = RenderWorkerCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Turns a queue of render requests into finished Remotion videos.",
    footer = {
      "",
      "Settings are environment variables: see render-worker run --help.",
      "Colours: on a terminal, unless NO_COLOR is set.",
      "Exit codes: 0 done; 1 failed: no such job, wrong state, invalid request, not confirmed;",
      "2 wrong usage; 69 a service could not be reached, or refused; 78 wrong configuration."
    },
    subcommands = {
      RunCommand.class,
      CheckCommand.class,
      EnqueueCommand.class,
      JobsCommand.class,
      JobCommand.class,
      WatchCommand.class,
      CancelCommand.class,
      RetryCommand.class,
      DlqCommand.class,
      WorkersCommand.class
    })
final class RenderWorkerCommand {
  private final Surroundings surroundings;

  /** The program in its process; the generator of the completions makes it, too. */
  RenderWorkerCommand() {
    this(Surroundings.ofProcess());
  }

  RenderWorkerCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Style style() {
    return new Style(surroundings.colour());
  }

  /**
   * Opens what a command for people works with.
   *
   * @throws MisconfiguredException listing every mistake
   */
  Session session() {
    return Session.open(surroundings);
  }

  /** Says why a command did not do what was asked, and gives its exit code. */
  int refuse(CommandSpec spec, String why) {
    spec.commandLine().getErr().println("render-worker: " + Terminal.plain(why));
    spec.commandLine().getErr().flush();
    return ExitCode.FAILED;
  }

  int unknown(CommandSpec spec, JobId jobId) {
    return refuse(
        spec, "there is no job " + jobId + "; one that was sent shows when a worker has it");
  }

  void atLeastOne(CommandSpec spec, String option, int value) {
    between(spec, option, value, 1, Integer.MAX_VALUE);
  }

  /** Rejects a number out of its range, as wrong usage. */
  void between(CommandSpec spec, String option, int value, int least, int most) {
    if (value < least || value > most) {
      String range = most == Integer.MAX_VALUE ? "from " + least : least + " to " + most;
      throw new ParameterException(
          spec.commandLine(), "%s: %s, not %d".formatted(option, range, value));
    }
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"render-worker " + (version == null ? "development" : version)};
    }
  }
}
