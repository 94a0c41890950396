/** The registry's entry for an AI agent: who owns it, where it listens, which numbers reach it, when it must give way. */
@NullMarked
package io.segue.agent;

import org.jspecify.annotations.NullMarked;
