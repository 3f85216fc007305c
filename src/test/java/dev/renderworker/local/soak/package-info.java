/**
 * The soak: workers under random crashes, faults and duplicates, and whether every job is right.
 */
package dev.renderworker.local.soak;
