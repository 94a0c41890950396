/** A leg: its SIP session, its offers and answers, its digits, and how messages find it. */
@NullMarked
package io.segue.flow.leg;

import org.jspecify.annotations.NullMarked;
