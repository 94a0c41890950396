/** Calls: their steps and the effects of them, and what steers them from outside. What a call is made of stands in the packages below. */
@NullMarked
package io.segue.flow;

import org.jspecify.annotations.NullMarked;
