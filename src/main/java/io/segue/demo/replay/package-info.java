/** Dialogues from a file, played as real calls through a running gateway: phones, a bot and a reviewer that reach it by its public interfaces alone. */
@NullMarked
package io.segue.demo.replay;

import org.jspecify.annotations.NullMarked;
