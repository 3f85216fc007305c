package dev.renderworker.jobtable;

import dev.renderworker.job.Ownership;
import dev.renderworker.jobtable.JobsTable.Update;
import dev.renderworker.worker.FencedException;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * Lets a write to a job pass only while the job belongs to that attempt of that worker.
 *
 * @param table what it stands before
 */
record Fence(JobsTable table) {
  /** Belongs into the condition of every statement that is written here. */
  static final String OWNED = "#owner = :owner AND attempt = :attempt";

  /** Writing what is there already is the cheapest way to read it with an update. */
  static final String TELL_CANCEL = "cancelRequested = if_not_exists(cancelRequested, :false)";

  /**
   * Writes a statement that has {@link #TELL_CANCEL}. Repeating it after a lost answer does no
   * harm.
   *
   * @return whether someone asked for the job's end
   * @throws FencedException if the job belongs to another
   */
  boolean tellingOfCancel(Ownership own, Statement statement, Values values) {
    Update update =
        table.update(
            own.jobId(),
            statement,
            owned(values.flag(":false", false), own),
            ReturnValue.UPDATED_NEW);
    if (!update.written()) {
      throw new FencedException(own);
    }
    return update.item().flag("cancelRequested");
  }

  /**
   * Writes, or finds that an earlier try has.
   *
   * @param written whether a record shows this write
   * @throws FencedException if the job belongs to another
   */
  void write(Ownership own, Statement statement, Values values, Predicate<JobItem> written) {
    Update update = table.update(own.jobId(), statement, owned(values, own));
    if (!update.written() && !written.test(update.item())) {
      throw new FencedException(own);
    }
  }

  private static Values owned(Values values, Ownership own) {
    return values.text(":owner", own.owner().value()).number(":attempt", own.attempt());
  }
}
