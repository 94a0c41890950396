/** SIP phones, many on one thread, written apart from the gateway: they call, answer, refuse, hold, dial, and record what reaches them. */
@NullMarked
package io.segue.demo.phone;

import org.jspecify.annotations.NullMarked;
