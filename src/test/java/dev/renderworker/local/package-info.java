/**
 * AWS on loopback, for tests, demo and benchmarks: SQS by ElasticMQ, DynamoDB by DynamoDB Local,
 * and stand-ins for instance metadata, STS, S3, Lambda and the Remotion function.
 */
package dev.renderworker.local;
