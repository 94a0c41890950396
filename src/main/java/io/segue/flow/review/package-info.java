/** What is learned from calls: labels, feedback, figures, and past calls that a draft is tried on. */
@NullMarked
package io.segue.flow.review;

import org.jspecify.annotations.NullMarked;
