/**
 * The message contract: what a body may hold, as a published JSON Schema, and the reading of a body
 * by it.
 */
package dev.renderworker.message;
