/** When a call goes to a human: a pure function of a policy and of what just happened. */
@NullMarked
package io.segue.policy;

import org.jspecify.annotations.NullMarked;
