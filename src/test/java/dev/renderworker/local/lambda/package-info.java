/** A stand-in for Lambda: invoke, list and describe functions that run in this JVM. */
package dev.renderworker.local.lambda;
