/** Who may use the REST interface: keys, the sessions of humans, and the roles they have. */
@NullMarked
package io.segue.api.auth;

import org.jspecify.annotations.NullMarked;
