/** Contacts over REST: what they write on other channels, and their right to be forgotten. */
@NullMarked
package io.segue.api.contacts;

import org.jspecify.annotations.NullMarked;
