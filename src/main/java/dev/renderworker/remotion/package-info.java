/**
 * Remotion on Lambda as the worker's renderer: whether a render runs, is done, or has ended without
 * an output.
 *
 * <p>Below it, and usable without the worker: {@code client} makes the calls, {@code request} knows
 * what is sent, {@code answer} what comes back. The last two know no AWS type.
 *
 * <p>The facts come from the official client and function of Remotion 4.0.527, as recorded and run;
 * comments name them as sections of the "Remotion Lambda protocol".
 */
package dev.renderworker.remotion;
