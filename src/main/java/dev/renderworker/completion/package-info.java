/** Completion events: a job's end, told to an SNS topic, an EventBridge bus or an SQS queue. */
package dev.renderworker.completion;
