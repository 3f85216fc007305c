/** What an inspection of the surroundings can find: the doctor's vocabulary, and the daemon's. */
package dev.renderworker.check;
