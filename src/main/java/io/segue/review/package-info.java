/** What people make of an agent's turns: labels, which turns are worth one, how far reviewers agree, and the thresholds that follow. */
@NullMarked
package io.segue.review;

import org.jspecify.annotations.NullMarked;
