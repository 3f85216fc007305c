/** A stand-in for S3: buckets in memory, path-style REST, XML errors. */
package dev.renderworker.local.s3;
