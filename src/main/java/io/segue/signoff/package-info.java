/** People deciding: sign-offs of actions and approvals of proposed turns, what needs one, and what goes against one. Times are Unix milliseconds. */
@NullMarked
package io.segue.signoff;

import org.jspecify.annotations.NullMarked;
