package dev.renderworker.cli;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at everything that the daemon needs, as whoever runs the command. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Looks at everything that the worker needs, and says how to mend what is wrong.",
    footer = {"", "Example: render-worker check", "Exit codes: 0 all is well; 1 something is not."})
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Override
  public Integer call() {
    new Logging().forCommand();
    PrintWriter out = spec.commandLine().getOut();
    var text = new FindingText(Ansi.AUTO);
    boolean healthy =
        new Doctor(System.getenv(), InstantSource.system())
            .examine(
                finding -> {
                  out.println(json ? FindingText.json(finding) : text.text(finding));
                  out.flush();
                });
    return healthy ? ExitCode.DONE : ExitCode.FAILED;
  }
}
