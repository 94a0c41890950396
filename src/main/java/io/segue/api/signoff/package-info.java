/** The REST interface of people deciding: sign-offs, approvals, redeeming, and the keys that tokens are signed with. */
@NullMarked
package io.segue.api.signoff;

import org.jspecify.annotations.NullMarked;
