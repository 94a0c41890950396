/** A Redis of our own for the dev profile and for tests; never part of production. */
@NullMarked
package io.segue.store.dev;

import org.jspecify.annotations.NullMarked;
