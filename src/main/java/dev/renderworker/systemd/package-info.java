/**
 * What the worker tells systemd: ready, what it is doing, stopping, still alive. Imports nothing of
 * ours; does nothing where systemd did not start the process.
 */
package dev.renderworker.systemd;
