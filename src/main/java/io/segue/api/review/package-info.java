/** REST of reviews: labels, the queue of turns that wait for one, feedback for training, thresholds that follow. */
@NullMarked
package io.segue.api.review;

import org.jspecify.annotations.NullMarked;
