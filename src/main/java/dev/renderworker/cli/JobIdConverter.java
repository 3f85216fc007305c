package dev.renderworker.cli;

import dev.renderworker.job.JobId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a job id of the command line. */
final class JobIdConverter implements ITypeConverter<JobId> {
  @Override
  public JobId convert(String value) {
    try {
      return new JobId(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
