/**
 * The client for Remotion on Lambda: payloads, start, progress, still, cancel, discovery, and what
 * its errors mean.
 *
 * <p>The facts come from the official client and function of Remotion 4.0.527, as recorded and run;
 * comments name them as sections of the "Remotion Lambda protocol".
 */
package dev.renderworker.remotion;
