package io.segue.sip.dialog;

/** What happens to a leg: something came from its peer or its timers, or the application wants something. */
public sealed interface Event permits Signal, Command {}
