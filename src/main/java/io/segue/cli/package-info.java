/** The program's door: the gateway itself, or one of its commands, which start no gateway. */
@NullMarked
package io.segue.cli;

import org.jspecify.annotations.NullMarked;
