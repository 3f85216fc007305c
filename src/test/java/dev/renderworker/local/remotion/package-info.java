/**
 * A stand-in for the function of Remotion Lambda 4.0.527: it answers and writes what the real one
 * does, and renders nothing.
 */
package dev.renderworker.local.remotion;
