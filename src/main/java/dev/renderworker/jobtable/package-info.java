/**
 * DynamoDB: the job table with one conditional write a transition, the workers table, and reads for
 * people. Knows the worker's ports and the AWS SDK, and no other adapter.
 */
package dev.renderworker.jobtable;
