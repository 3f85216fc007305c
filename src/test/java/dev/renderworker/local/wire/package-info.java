/** HTTP on loopback for the embedded AWS: endpoints, faults on request, counts, pass-through. */
package dev.renderworker.local.wire;
