package io.segue.review;

/** How much harm a wrong turn does. */
public enum Severity {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
}
