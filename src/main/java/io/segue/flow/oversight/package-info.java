/** People who decide what an agent may do or say: what they are asked, and how their answers reach the call. */
@NullMarked
package io.segue.flow.oversight;

import org.jspecify.annotations.NullMarked;
