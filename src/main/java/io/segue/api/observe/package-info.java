/** How the gateway is watched: health checks and meters over plain suppliers. */
@NullMarked
package io.segue.api.observe;

import org.jspecify.annotations.NullMarked;
