/** What was heard, judged from packets recorded at a socket: continuity, gaps, dead air, and who speaks. Shares nothing with the gateway. */
@NullMarked
package io.segue.demo.ear;

import org.jspecify.annotations.NullMarked;
