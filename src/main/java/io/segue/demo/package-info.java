/** The demo and the independent test kit: phones, a bot and a checker that reach the gateway by its public interfaces alone. */
@NullMarked
package io.segue.demo;

import org.jspecify.annotations.NullMarked;
