/** The README's figures: each row set up, measured and printed by one command ({@code bench/run.sh}), against a gateway in a process of its own. */
package io.segue.bench;
