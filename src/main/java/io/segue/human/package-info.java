/** The people who take over: who they are, which queues they serve, what they are doing. */
@NullMarked
package io.segue.human;

import org.jspecify.annotations.NullMarked;
