/** A PostgreSQL of our own for the dev profile and for tests; never part of production. */
@NullMarked
package io.segue.archive.dev;

import org.jspecify.annotations.NullMarked;
