/** What is configured, as documents and their versions. */
@NullMarked
package io.segue.flow.registry;

import org.jspecify.annotations.NullMarked;
