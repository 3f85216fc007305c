/** The commands, the settings, and the one place where everything is wired by constructors. */
package dev.renderworker.cli;
