/** One thread a call: its bounded mailbox and its timers. */
@NullMarked
package io.segue.flow.thread;

import org.jspecify.annotations.NullMarked;
