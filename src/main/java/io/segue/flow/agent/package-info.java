/** The agent at the other end of its link: what it is told, and what it says. */
@NullMarked
package io.segue.flow.agent;

import org.jspecify.annotations.NullMarked;
