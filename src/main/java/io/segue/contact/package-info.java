/** Who calls and writes, over all channels: identities, messages, and what of their words is kept. */
@NullMarked
package io.segue.contact;

import org.jspecify.annotations.NullMarked;
