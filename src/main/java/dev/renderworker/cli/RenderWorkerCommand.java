package dev.renderworker.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

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
      "Exit codes: 0 done; 1 failed; 2 wrong usage; 69 a service could not be reached;",
      "78 wrong configuration."
    },
    subcommands = {
      RunCommand.class,
      CheckCommand.class,
      EnqueueCommand.class,
      JobsCommand.class,
      JobCommand.class
    })
final class RenderWorkerCommand {

  /** The version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"render-worker " + (version == null ? "development" : version)};
    }
  }
}
