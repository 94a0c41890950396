package io.segue.demo.ear;

/**
 * A stretch in which the same was heard.
 *
 * @param who {@code caller}, {@code agent}, {@code human}, several joined by {@code +}, {@code silence}, or {@code other} for a sound that is nobody's
 * @param fromMs when it began, in milliseconds from the listener's zero
 * @param toMs when its last packet ended
 * @param levelDbm0 its mean level
 */
public record Segment(String who, double fromMs, double toMs, double levelDbm0) {}
