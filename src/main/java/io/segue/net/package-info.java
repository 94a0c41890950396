/** SIP on the network: UDP and TCP listeners on one thread, who is let in, and what is counted. */
@NullMarked
package io.segue.net;

import org.jspecify.annotations.NullMarked;
