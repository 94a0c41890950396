/** Figures of past calls, and the alarms that follow from them. */
@NullMarked
package io.segue.api.insight;

import org.jspecify.annotations.NullMarked;
