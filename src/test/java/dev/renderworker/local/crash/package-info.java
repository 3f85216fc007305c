/** What a crash costs: the real worker, killed between any two side effects of a job's life. */
package dev.renderworker.local.crash;
