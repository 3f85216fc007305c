/**
 * The calls to Lambda and S3. {@link dev.renderworker.remotion.client.RemotionClient} is the way
 * in; it needs nothing of the worker.
 */
package dev.renderworker.remotion.client;
