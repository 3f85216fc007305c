/**
 * What comes back from the render function: how far a render is, where its output is and what it
 * cost, and what its errors mean.
 */
package dev.renderworker.remotion.answer;
