/**
 * SQS: receive, keep visible, delete, hide, dead-letter, send. Knows the worker's port and the AWS
 * SDK, and no other adapter.
 */
package dev.renderworker.queue;
