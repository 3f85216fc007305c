package dev.renderworker.cli;

import dev.renderworker.operations.NoDeadLetterQueueException;
import dev.renderworker.worker.ServiceUnavailableException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command throws into words and an exit code. */
final class Failures implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult parseResult) throws Exception {
    return switch (failure) {
      case ServiceUnavailableException unavailable ->
          say(command, unavailable.getMessage(), ExitCode.UNAVAILABLE);
      case MisconfiguredException misconfigured ->
          say(command, misconfigured.getMessage(), ExitCode.CONFIGURATION);
      case NoDeadLetterQueueException missing ->
          say(command, missing.getMessage(), ExitCode.CONFIGURATION);
      case NoSuchFileException absent ->
          say(command, absent.getMessage() + ": no such file", ExitCode.FAILED);
      case IOException unreadable -> say(command, unreadable.toString(), ExitCode.FAILED);
      default -> throw failure;
    };
  }

  private static int say(CommandLine command, String message, int exitCode) {
    command.getErr().println("render-worker: " + message);
    command.getErr().flush();
    return exitCode;
  }
}
