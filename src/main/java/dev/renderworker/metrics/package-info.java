/** Metrics: what happens in the worker, counted by Micrometer and told in Prometheus' words. */
package dev.renderworker.metrics;
