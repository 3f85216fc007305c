package dev.renderworker.jobtable;

import dev.renderworker.job.JobId;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** Reads and updates single records of the job table. */
record JobsTable(Tables tables) {

  /**
   * What an update gave.
   *
   * @param item where written, the attributes that were asked for; else the whole record as it is
   */
  record Update(boolean written, JobItem item) {}

  static Map<String, AttributeValue> key(JobId id) {
    return Map.of("jobId", AttributeValue.fromS(id.value()));
  }

  Update update(JobId id, Statement statement, Values values) {
    return update(id, statement, values, ReturnValue.NONE);
  }

  /**
   * Updates a record if its condition holds. A record that is in the way comes back with the
   * refusal: that saves a read, and shows whether an earlier try of the same update, whose answer
   * was lost, has taken effect.
   */
  Update update(JobId id, Statement statement, Values values, ReturnValue wanted) {
    return Tables.call(
        "write job " + id,
        () -> tables.turns().take(() -> tryUpdate(id, statement, values, wanted)));
  }

  private Update tryUpdate(JobId id, Statement statement, Values values, ReturnValue wanted) {
    try {
      var answer =
          tables
              .client()
              .updateItem(
                  update ->
                      update
                          .tableName(tables.settings().jobsTable())
                          .key(key(id))
                          .updateExpression(statement.update())
                          .conditionExpression(statement.condition())
                          .expressionAttributeNames(
                              statement.names().isEmpty() ? null : statement.names())
                          .expressionAttributeValues(values.asMap())
                          .returnValues(wanted)
                          .returnValuesOnConditionCheckFailure(
                              ReturnValuesOnConditionCheckFailure.ALL_OLD));
      return new Update(true, new JobItem(answer.attributes()));
    } catch (ConditionalCheckFailedException e) {
      return new Update(false, new JobItem(e.item()));
    }
  }

  /** The part of a record that a worker needs, as of now. */
  JobItem read(JobId id) {
    return Tables.call(
        "read job " + id,
        () ->
            new JobItem(
                tables
                    .client()
                    .getItem(
                        get ->
                            get.tableName(tables.settings().jobsTable())
                                .key(key(id))
                                .consistentRead(true)
                                .projectionExpression(JobItem.JOB.set())
                                .expressionAttributeNames(JobItem.JOB.names()))
                    .item()));
  }
}
