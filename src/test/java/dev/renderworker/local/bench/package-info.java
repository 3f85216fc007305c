/** Measures the real jar against the embedded AWS, each a process of its own. */
package dev.renderworker.local.bench;
