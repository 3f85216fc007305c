/**
 * The vocabulary of a render job: request, states, outcomes, error codes, and the decisions of what
 * comes next. Pure values: no clock, no I/O, no AWS type.
 */
package dev.renderworker.job;
